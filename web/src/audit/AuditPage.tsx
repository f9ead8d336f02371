// The administration's «audit log»: what was done, by whom, to what; filtered, without end, and as a file.
import { Button, Loader, NativeSelect, Skeleton } from '@mantine/core'
import { IconDownload, IconHistory } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { SectionPage } from '../admin/SectionPage'
import { saveAnswer } from '../api/file'
import { useT } from '../i18n/i18n'
import { colleagueSearch } from '../live/lookup'
import { ShownPerson } from '../people/ShownPerson'
import { EmptyState } from '../ui/EmptyState'
import { NamePicker } from '../ui/NamePicker'
import type { Named } from '../ui/names'
import { ProblemText } from '../ui/ProblemText'
import { VirtualList } from '../ui/VirtualList'
import classes from './Audit.module.css'
import { actName, type Filter, NO_FILTER, onTheWire, useAudit } from './audit'
import { Entry } from './Entry'

export default function AuditPage() {
  const t = useT()
  const [filter, setFilter] = useState<Filter>(NO_FILTER)
  const [person, setPerson] = useState<Named[]>([])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const log = useAudit(filter)
  const everything = useAudit(NO_FILTER)
  const entries = log.data?.pages.flatMap((page) => page.items) ?? []
  const filtered = Object.keys(onTheWire(filter)).length > 0
  const seal = log.data?.pages[0]?.seal
  const acts = [...(everything.data?.pages[0]?.acts ?? [])].sort((a, b) => actName(a).localeCompare(actName(b), 'zh-Hans'))
  const more = useCallback(() => {
    if (log.hasNextPage && !log.isFetchingNextPage) void log.fetchNextPage()
  }, [log])
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await saveAnswer('/audit/export', { filter: onTheWire(filter) }, 'audit.csv')
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <SectionPage
      title={t('audit.section')}
      actions={
        <Button variant="default" leftSection={<IconDownload size={20} />} loading={busy} onClick={() => void save()}>
          {t('audit.export')}
        </Button>
      }
    >
      <div className={classes.filters}>
        <NamePicker
          label={t('audit.who')}
          value={person}
          onChange={(chosen) => {
            setPerson(chosen)
            setFilter({ ...filter, person: chosen[0]?.id ?? null })
          }}
          search={colleagueSearch}
          single
        />
        <NativeSelect
          label={t('audit.what')}
          value={filter.act}
          onChange={(event) => setFilter({ ...filter, act: event.currentTarget.value })}
        >
          <option value="">{t('audit.any_act')}</option>
          {acts.map((act) => (
            <option key={act} value={act}>
              {actName(act)}
            </option>
          ))}
        </NativeSelect>
        <Day label={t('audit.from')} value={filter.from} onChange={(from) => setFilter({ ...filter, from })} />
        <Day label={t('audit.to')} value={filter.to} onChange={(to) => setFilter({ ...filter, to })} />
      </div>
      <ProblemText error={error ?? log.error} />
      {log.isPending && <Skeleton height={240} aria-hidden />}
      {log.data && entries.length === 0 && (
        <EmptyState icon={<IconHistory size={48} stroke={1.4} />} title={t(filtered ? 'audit.nothing' : 'audit.empty')}>
          {filtered ? undefined : t('audit.empty_text')}
        </EmptyState>
      )}
      {entries.length > 0 && (
        <VirtualList
          count={entries.length}
          keyOf={(index) => entries[index]?.id ?? index}
          estimate={68}
          label={t('audit.section')}
          onNearEnd={more}
        >
          {(index) => {
            const entry = entries[index]
            return entry ? <Entry entry={entry} /> : null
          }}
        </VirtualList>
      )}
      {log.isFetchingNextPage && <Loader size="sm" aria-label={t('ui.loading')} />}
      {seal && seal.number > 0 && !log.hasNextPage && (
        <p className={classes.seal}>{t('audit.seal', { number: seal.number, hash: seal.hash.slice(0, 16) })}</p>
      )}
      <ShownPerson />
    </SectionPage>
  )
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className={classes.day}>
      <span>{label}</span>
      <input type="date" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
    </label>
  )
}
