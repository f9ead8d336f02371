// Administration: the fields that the company adds to its records. What was entered stays when one is retired.
import { Badge, Button, NativeSelect, Skeleton } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconArrowDown, IconArrowUp, IconForms, IconPencil, IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { SectionPage } from '../../admin/SectionPage'
import { api } from '../../api/client'
import type { List } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { EmptyState } from '../../ui/EmptyState'
import { MenuButton } from '../../ui/MenuButton'
import { problemText, ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useKinds, useWords } from '../kinds'
import type { CustomField } from '../wire'
import { FieldDialog } from './FieldDialog'
import classes from './Fields.module.css'

const MOST = 50

export default function FieldsPage() {
  const t = useT()
  const words = useWords()
  const kinds = (useKinds().data ?? []).filter((one) => one.may.includes('fields'))
  const [chosen, setChosen] = useState('')
  const kind = kinds.find((one) => one.kind === chosen) ?? kinds[0]
  const [open, setOpen] = useState<CustomField | 'new' | null>(null)
  const queries = useQueryClient()
  const found = useQuery({
    enabled: kind !== undefined,
    queryKey: ['record-fields', kind?.kind],
    queryFn: async ({ signal }) => (await api.get<List<CustomField>>('/record-fields', { query: { kind: kind?.kind }, signal })).data.items,
    staleTime: 0,
  })
  const fields = [...(found.data ?? [])].sort((a, b) => Number(a.retired) - Number(b.retired) || a.position - b.position || a.id - b.id)
  const offered = fields.filter((one) => !one.retired)
  const reload = async (): Promise<void> => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['record-fields'] }),
      queries.invalidateQueries({ queryKey: ['record-kinds'] }),
    ])
  }
  const change = async (field: CustomField, more: Partial<CustomField>): Promise<void> => {
    try {
      await api.patch<CustomField>(`/record-fields/${field.id}`, { version: field.version, ...more })
    } catch (error) {
      toast(problemText(error), { tone: 'bad' })
    }
    await reload()
  }
  /** Changes places with a neighbour; equal positions are told apart by it. */
  const move = async (at: number, by: number): Promise<void> => {
    const [one, other] = [offered[at], offered[at + by]]
    if (!one || !other) return
    await change(one, { position: other.position === one.position ? other.position + by : other.position })
    if (other.position !== one.position) await change(other, { position: one.position })
  }
  const add = kind && offered.length < MOST && (
    <Button leftSection={<IconPlus size={20} />} onClick={() => setOpen('new')}>
      {t('crm.field_add')}
    </Button>
  )
  return (
    <SectionPage title={t('crm.fields_section')} actions={fields.length > 0 ? add || undefined : undefined}>
      <p className={classes.note}>{t('crm.fields_text')}</p>
      {kinds.length > 1 && (
        <NativeSelect
          size="md"
          mb="md"
          label={t('crm.fields_of')}
          value={kind?.kind}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={kinds.map((one) => ({ value: one.kind, label: words(one.words) }))}
        />
      )}
      <ProblemText error={found.error} />
      {found.isPending && <Skeleton height={160} aria-hidden />}
      {found.isSuccess && fields.length === 0 && (
        <EmptyState icon={<IconForms size={48} stroke={1.4} />} title={t('crm.no_fields')} action={add || undefined}>
          {t('crm.no_fields_text')}
        </EmptyState>
      )}
      <ul className={classes.fields}>
        {fields.map((field) => {
          const at = offered.indexOf(field)
          return (
            <li key={field.id} className={classes.field} data-custom={field.name} data-retired={field.retired || undefined}>
              <button type="button" className={classes.words} onClick={() => setOpen(field)}>
                <span className={classes.name}>
                  {words(field.words)}
                  {field.required && <Badge variant="light">{t('crm.field_required')}</Badge>}
                  {field.retired && <Badge variant="default">{t('crm.field_retired')}</Badge>}
                </span>
                <span className={classes.hint}>
                  {t(`crm.type_${field.type}`)} · {t(`crm.class_${field.class}`)}
                </span>
              </button>
              <MenuButton
                label={t('crm.field_menu', { name: words(field.words) })}
                choices={[
                  { icon: IconPencil, label: t('ui.change'), onChoose: () => setOpen(field) },
                  at > 0 && { icon: IconArrowUp, label: t('crm.field_up'), onChoose: () => void move(at, -1) },
                  at >= 0 && at < offered.length - 1 && { icon: IconArrowDown, label: t('crm.field_down'), onChoose: () => void move(at, 1) },
                  field.retired
                    ? { icon: IconArchiveOff, label: t('crm.field_offer'), onChoose: () => void change(field, { retired: false }) }
                    : { icon: IconArchive, label: t('crm.field_retire'), onChoose: () => void change(field, { retired: true }) },
                ]}
              />
            </li>
          )
        })}
      </ul>
      {open && kind && (
        <FieldDialog key={open === 'new' ? 'new' : open.id} kind={kind.kind} field={open === 'new' ? null : open} onDone={reload} onClose={() => setOpen(null)} />
      )}
    </SectionPage>
  )
}
