// The kinds of records that I may see, each with what is mine of it and the way to more.
import { Button, Skeleton } from '@mantine/core'
import { IconAddressBook, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { api } from '../api/client'
import { useT } from '../i18n/i18n'
import { useBootstrap, useMyId } from '../live/bootstrap'
import { useEntity } from '../live/hooks'
import { store } from '../live/store'
import { useWatch } from '../live/watch'
import { EmptyState } from '../ui/EmptyState'
import { Page } from '../ui/Page'
import { problemText } from '../ui/ProblemText'
import classes from './CrmPage.module.css'
import { iconOf } from './icons'
import { addressOfKind, useKinds, useWords } from './kinds'
import { RecordLine } from './list/Rows'
import { applyRows } from './rows'
import type { RecordKind, RecordList } from './wire'

export default function CrmPage() {
  const t = useT()
  const kinds = useKinds()
  return (
    <Page title={t('nav.crm')} wide>
      {kinds.isPending && <Skeleton height={240} aria-hidden />}
      {kinds.error && !kinds.data && (
        <EmptyState title={problemText(kinds.error)} action={<Button onClick={() => void kinds.refetch()}>{t('ui.try_again')}</Button>} />
      )}
      {kinds.data?.length === 0 && (
        <EmptyState icon={<IconAddressBook size={48} stroke={1.4} />} title={t('crm.no_kinds')}>
          {t('crm.no_kinds_text')}
        </EmptyState>
      )}
      <div className={classes.kinds}>{kinds.data?.map((kind) => <OfMine key={kind.kind} kind={kind} />)}</div>
    </Page>
  )
}

const FEW = 5

function OfMine({ kind }: { kind: RecordKind }) {
  const t = useT()
  const me = useMyId()
  const words = useWords()
  useBootstrap() // a reset forgets the rows
  useWatch('records', kind.number)
  const moved = useEntity('record_list', kind.number)?.moved ?? ''
  const mine = useQuery({
    queryKey: ['records', me, kind.kind, 'mine', FEW, moved, store.generation],
    queryFn: async ({ signal }) => {
      const answer = await api.get<RecordList>(`/records/${kind.kind}`, { query: { view: 'mine', limit: FEW }, signal })
      applyRows(answer.seq, answer.data.items, answer.data.also)
      return answer.data.items.map((row) => row.id)
    },
    placeholderData: (before) => before,
    staleTime: 0,
    retry: false,
  })
  const Icon = iconOf(kind.icon)
  const address = addressOfKind(kind.kind)
  return (
    <section className={classes.kind} aria-label={words(kind.plural)} data-kind={kind.kind}>
      <div className={classes.head}>
        <Link href={address} className={classes.name}>
          <Icon size={24} stroke={1.6} className={classes.icon} aria-hidden />
          <h2 className={classes.title}>{words(kind.plural)}</h2>
        </Link>
        {kind.may.includes('create') && (
          <Button component={Link} href={`${address}?new`} variant="light" leftSection={<IconPlus size={18} />} aria-label={t('crm.new_kind', { kind: words(kind.words) })}>
            {t('crm.new')}
          </Button>
        )}
      </div>
      {mine.data?.length === 0 && <p className={classes.note}>{t('crm.none_mine')}</p>}
      <div className={classes.rows}>
        {mine.data?.map((id) => <RecordLine key={id} kind={kind} id={id} columns={kind.columns} isDesk={false} />)}
      </div>
      <nav className={classes.views} aria-label={t('crm.views_of', { kind: words(kind.plural) })}>
        {kind.views.map((one) => (
          <Link key={one.code} href={one.code === 'all' ? address : `${address}?view=${one.code}`} className={classes.view}>
            {words(one.words)}
          </Link>
        ))}
      </nav>
    </section>
  )
}
