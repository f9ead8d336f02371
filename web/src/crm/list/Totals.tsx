// What the shown list comes to; asked for by itself, so that the list need not wait for it.
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client'
import { useT } from '../../i18n/i18n'
import { useMyId } from '../../live/bootstrap'
import { useEntity } from '../../live/hooks'
import { ProblemText } from '../../ui/ProblemText'
import { fieldOf, useWords } from '../kinds'
import { grouped, moneyText } from '../values'
import type { Field, RecordKind, Totals as Found } from '../wire'
import classes from './Selecting.module.css'

const SUMMED = ['money', 'number', 'percent']

export function canSum(kind: RecordKind): boolean {
  return kind.fields.some((one) => SUMMED.includes(one.type) && one.can_filter)
}

export function Totals({ kind, asked }: { kind: RecordKind; asked: Record<string, string | undefined> }) {
  const t = useT()
  const me = useMyId()
  const words = useWords()
  const moved = useEntity('record_list', kind.number)?.moved ?? ''
  const { view, filter, q } = asked
  const found = useQuery({
    queryKey: ['record-totals', me, kind.kind, view, filter, q, moved],
    queryFn: async ({ signal }) => (await api.get<Found>(`/records/${kind.kind}/totals`, { query: { view, filter, q }, signal })).data,
    placeholderData: (before) => before,
    staleTime: 1_000,
    retry: false,
  })
  if (found.error) return <ProblemText error={found.error} />
  if (!found.data) return <p className={classes.totals}>{t('ui.loading')}</p>
  const text = (field: Field, value: string): string => {
    if (field.type === 'money') return moneyText(value, field.currency)
    const unit = field.type === 'percent' ? ' %' : field.unit ? ` ${words(field.unit)}` : ''
    return grouped(value, null) + unit
  }
  const shown = found.data.fields.flatMap((one) => {
    const field = fieldOf(kind, one.field)
    return field && one.average !== null ? [{ ...one, decl: field, average: one.average }] : []
  })
  return (
    <dl className={classes.totals} data-totals={found.data.count}>
      <div>
        <dt>{t('lists.totals')}</dt>
        <dd>{t('crm.count', { count: found.data.count })}</dd>
      </div>
      {shown.map(({ decl, of, sum, average }) => (
        <div key={decl.name} data-total={decl.name}>
          <dt>{words(decl.words)}</dt>
          <dd>{[sum !== null && t('lists.sum', { value: text(decl, sum) }), t('lists.average', { value: text(decl, average) }), t('lists.of', { count: of })].filter(Boolean).join(' · ')}</dd>
        </div>
      ))}
    </dl>
  )
}
