// Administration: which registry of companies is asked, and the company's own directory of them.
import { Badge, Button, FileButton, Radio, Skeleton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { SectionPage } from '../../admin/SectionPage'
import { api } from '../../api/client'
import type { List } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { ProblemText, problemText } from '../../ui/ProblemText'
import { RelativeTime } from '../../ui/RelativeTime'
import { toast } from '../../ui/toasts'
import { useAct } from '../../ui/useAct'
import { useWords } from '../kinds'
import { useRegistryState } from './asking'
import classes from './Registry.module.css'
import type { Edition, RegistryState } from './wire'

const MOST_BYTES = 8 << 20
const LOOK_AGAIN = 1_000

export default function RegistryPage() {
  const t = useT()
  const words = useWords()
  const queries = useQueryClient()
  const state = useRegistryState()
  const choose = async (provider: string): Promise<void> => {
    try {
      const { data } = await api.put<RegistryState>('/registry', { provider })
      queries.setQueryData(['registry'], data)
      toast(t('registry.chosen'), { tone: 'good' })
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
  }
  return (
    <SectionPage title={t('registry.section')}>
      <p className={classes.note}>{t('registry.section_text')}</p>
      <ProblemText error={state.error} />
      {state.isPending && <Skeleton height={160} aria-hidden />}
      {state.data && (
        <Radio.Group label={t('registry.which')} value={state.data.provider || 'none'} onChange={(value) => void choose(value === 'none' ? '' : value)}>
          <div className={classes.choices}>
            <Radio value="none" label={t('registry.none')} description={t('registry.none_text')} />
            {state.data.registries.map((one) => (
              <Radio key={one.code} value={one.code} label={words(one.words)} description={words(one.about)} />
            ))}
          </div>
        </Radio.Group>
      )}
      <Directory />
    </SectionPage>
  )
}

function Directory() {
  const t = useT()
  const act = useAct()
  const queries = useQueryClient()
  const [tooLarge, setTooLarge] = useState(false)
  const editions = useQuery({
    queryKey: ['registry-directories'],
    queryFn: async ({ signal }) => (await api.get<List<Edition>>('/registry/directories', { signal })).data.items,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? LOOK_AGAIN : false),
  })
  const put = (file: File | null): void => {
    if (!file) return
    setTooLarge(file.size > MOST_BYTES)
    if (file.size > MOST_BYTES) return
    void act.run(async () => {
      const form = new FormData()
      form.append('file', file)
      await api.put('/registry/directory', form)
      await queries.invalidateQueries({ queryKey: ['registry-directories'] })
    })
  }
  return (
    <section className={classes.section} aria-label={t('registry.directory')}>
      <h3 className={classes.sectionTitle}>{t('registry.directory')}</h3>
      <p className={classes.note}>{t('registry.directory_text')}</p>
      <FileButton onChange={put} accept=".csv,.txt,text/csv">
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={18} />} loading={act.busy}>
            {t('registry.put_in')}
          </Button>
        )}
      </FileButton>
      {tooLarge && (
        <p className={classes.note} role="alert">
          {t('registry.too_large')}
        </p>
      )}
      <ProblemText error={act.error ?? editions.error} />
      <ul className={classes.editions}>
        {editions.data?.map((one) => (
          <li key={one.id} className={classes.edition} data-edition={one.state}>
            <span className={classes.fileName}>{one.file_name || `#${one.id}`}</span>
            <Badge variant="light" color={one.state === 'ready' ? 'teal' : one.state === 'failed' ? 'red' : 'gray'}>
              {t(`registry.state_${one.state as 'ready'}`)}
            </Badge>
            {one.state === 'ready' && <span className={classes.optionHint}>{t('registry.rows', { rows: one.rows, refused: one.refused })}</span>}
            {one.problem && <span className={classes.optionHint}>{t(`registry.problem_${one.problem as 'empty'}`)}</span>}
            <RelativeTime at={one.created_at} className={classes.optionHint} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function isUnderWay({ state }: Edition): boolean {
  return state === 'queued' || state === 'loading'
}
