// With or for whom, and what it was. The customers touched last stand there at a press; whether it counts as a follow-up is said beforehand.
import { SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../api/client'
import chips from '../../feed/share/Field.module.css'
import { FieldError } from '../../feed/share/FieldError'
import type { FieldsProps } from '../../feed/kinds/declared'
import fields from '../../feed/kinds/Fields.module.css'
import type { SalesForm } from '../../feed/kinds/sales/salesRecord'
import { useT } from '../../i18n/i18n'
import { fieldText } from '../../ui/ProblemText'
import { LinkInput } from '../inputs/NameInputs'
import { useKinds, useWords } from '../kinds'
import { fetchRecord, useRow } from '../rows'
import type { RecordList } from '../wire'
import { Counts } from './Counts'
import classes from './FollowUps.module.css'
import { SortChoice } from './SortChoice'

const FEW = 4
interface Form extends SalesForm {
  /** In which kind of records one looks. */
  of?: string
}

export default function SalesFields({ value, onChange, error }: FieldsProps) {
  const t = useT()
  const words = useWords()
  const kinds = (useKinds().data ?? []).filter((one) => one.follows === null || one.kind === (value as Form).record?.kind)
  const { record = null, sort = 'visit', of = record?.kind ?? 'customer' } = value as Form
  const kind = kinds.find((one) => one.kind === of)
  const row = useRow(record?.kind ?? '', record?.id ?? 0)
  useEffect(() => {
    if (record && !row) void fetchRecord(record.kind, record.id).catch(() => undefined)
  }, [record?.kind, record?.id, row])
  const label = kind ? words(kind.words) : t('crm.sales_record_of')
  const problem = error?.field.startsWith('details.record') ? error : undefined
  const set = (change: Form): void => onChange({ ...(value as Form), ...change })
  return (
    <div className={fields.fields} data-field="details">
      <div className={classes.whom}>
        {kinds.length > 1 && !record && (
          <SegmentedControl
            size="xs"
            aria-label={t('crm.sales_kind')}
            value={of}
            onChange={(chosen) => set({ of: chosen, record: null })}
            data={kinds.map((one) => ({ value: one.kind, label: words(one.words) }))}
          />
        )}
        {record ? (
          <Chosen name={record.title ?? row?.title ?? '…'} label={label} onRemove={() => set({ record: null, of: record.kind })} />
        ) : (
          <>
            <LinkInput field={{ link: of, required: false }} label={label} value={null} onChange={(chosen) => set({ record: chosen })} error={problem ? fieldText(problem) : undefined} />
            <Recent kind={of} onChoose={(chosen) => set({ record: chosen })} />
          </>
        )}
        {record && <FieldError problem={problem} />}
      </div>
      <SortChoice value={sort} onChange={(chosen) => set({ sort: chosen })} />
      {row && <Counts moves={row.moves_clock} told />}
    </div>
  )
}

function Chosen({ name, label, onRemove }: { name: string; label: string; onRemove: () => void }) {
  const t = useT()
  return (
    <div role="group" aria-label={label}>
      <span className={chips.chip}>
        <span className={chips.name}>{name}</span>
        <button type="button" className={chips.remove} aria-label={t('ui.remove_name', { name })} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </button>
      </span>
    </div>
  )
}

/** My own, the last changed first. */
function Recent({ kind, onChoose }: { kind: string; onChoose: (record: { kind: string; id: number; title: string }) => void }) {
  const t = useT()
  const found = useQuery({
    queryKey: ['sales-recent', kind],
    queryFn: async ({ signal }) => (await api.get<RecordList>(`/records/${kind}`, { query: { view: 'mine', limit: FEW }, signal })).data.items,
    staleTime: 10_000,
  })
  if (!found.data?.length) return null
  return (
    <div className={classes.recent} role="group" aria-label={t('crm.sales_recent')}>
      {found.data.map((row) => (
        <button key={row.id} type="button" className={chips.choice} onClick={() => onChoose({ kind, id: row.id, title: row.title })} data-recent={row.id}>
          <span className={chips.name}>{row.title}</span>
        </button>
      ))}
    </div>
  )
}
