// A post on paper: everything the reader may see of it, to be printed or kept as a proof pack (FEED-20, N24).
import { Button, Group, Loader } from '@mantine/core'
import { IconFileCertificate, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../api/client'
import { saveAnswer } from '../../api/file'
import type { PostPaper } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { Page } from '../../ui/Page'
import { ProblemText } from '../../ui/ProblemText'
import { useAct } from '../../ui/useAct'
import { isWeChat } from '../../ui/wechat'
import { PaperSheet } from './PaperSheet'
import classes from './Paper.module.css'

export default function PaperPage({ params }: { params: { id: string } }) {
  const t = useT()
  const [, go] = useLocation()
  const id = /^\d{1,15}$/.test(params.id) ? Number(params.id) : 0
  const paper = useQuery({
    queryKey: ['paper', id],
    queryFn: async ({ signal }) => (await api.get<PostPaper>(`/posts/${id}/paper`, { signal })).data,
    gcTime: 0,
  })
  return (
    <Page title={t('paper.title')} onBack={() => go(`/posts/${id}`)}>
      {paper.data && <Acts id={id} />}
      <ProblemText error={paper.error} />
      {paper.isPending && <Loader size="sm" role="img" aria-label={t('ui.loading')} />}
      {paper.data && <PaperSheet paper={paper.data} />}
    </Page>
  )
}

function Acts({ id }: { id: number }) {
  const t = useT()
  const act = useAct()
  const [digest, setDigest] = useState<string | null>(null)
  const prove = (): void =>
    void act.run(async () => setDigest(await saveAnswer(`/posts/${id}/proof`, {}, `tenfour-post-${id}.json`)))
  return (
    <div className={classes.acts}>
      <Group gap="xs">
        <Button leftSection={<IconPrinter size={18} />} onClick={() => window.print()}>
          {t('paper.print')}
        </Button>
        {!isWeChat && (
          <Button variant="default" leftSection={<IconFileCertificate size={18} />} loading={act.busy} onClick={prove}>
            {t('paper.proof')}
          </Button>
        )}
      </Group>
      <p className={classes.note} role="status">
        {digest ? t('paper.proof_made', { digest }) : t('paper.proof_explained')}
      </p>
      <ProblemText error={act.error} />
    </div>
  )
}
