// The mark on a record's page: pressed, what the registry says; dark, the way to look the company up.
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client'
import { useT } from '../../i18n/i18n'
import { usePerson } from '../../live/directory'
import { Dialog } from '../../ui/Dialog'
import { RelativeTime } from '../../ui/RelativeTime'
import { ProblemText } from '../../ui/ProblemText'
import { useAct } from '../../ui/useAct'
import { useWords } from '../kinds'
import { fetchRecord } from '../rows'
import { isEmpty } from '../values'
import type { RecordKind, RecordRow } from '../wire'
import type { LiveRecord } from '../record/useRecord'
import { keepRegistration, keptPath, useKept, useRegistryState } from './asking'
import { CandidatesInput } from './Candidates'
import { MarkButton } from './Mark'
import { RegistrationDialog } from './RegistrationDialog'
import classes from './Registry.module.css'
import type { Kept } from './wire'

interface Props {
  kind: RecordKind
  row: RecordRow
  live: LiveRecord
}

export default function RecordMark({ kind, row, live }: Props) {
  const [open, setOpen] = useState(false)
  const state = useRegistryState().data
  const lit = !isEmpty(row.fields[kind.registry?.field ?? ''])
  const mayWrite = row.may.includes('write') && !row.voided
  if (!lit && (!mayWrite || !state?.provider)) return null
  return (
    <>
      <MarkButton lit={lit} onPress={() => setOpen(true)} />
      {open && (lit ? <Shown kind={kind} row={row} live={live} mayWrite={mayWrite} onClose={() => setOpen(false)} /> : <LookUp kind={kind} row={row} onClose={() => setOpen(false)} />)}
    </>
  )
}

function Shown({ kind, row, live, mayWrite, onClose }: Props & { mayWrite: boolean; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const queries = useQueryClient()
  const kept = useKept(row.kind, row.id, live.stamp)
  const again = (one: Kept): void => {
    void act.run(async () => {
      await keepRegistration(row.kind, row.id, one.provider, one.data.ref)
      await Promise.all([queries.invalidateQueries({ queryKey: ['registration', row.kind, row.id] }), fetchRecord(row.kind, row.id)])
    })
  }
  const darken = (): void => {
    void act.run(async () => {
      await api.delete(keptPath(row.kind, row.id))
      await fetchRecord(row.kind, row.id)
      onClose()
    })
  }
  if (!kept.data) {
    return (
      <Dialog title={t('registry.title')} onClose={onClose}>
        <ProblemText error={kept.error} />
      </Dialog>
    )
  }
  const one = kept.data
  return (
    <RegistrationDialog
      key={one.fetched_at}
      kind={kind}
      told={one.data}
      values={row.fields}
      {...(mayWrite && { onFill: (values, answers) => live.save(row.version, values, answers) })}
      onClose={onClose}
      about={
        <>
          <FetchedBy kept={one} />
          <ProblemText error={act.error} />
        </>
      }
      acts={
        mayWrite && (
          <>
            <Button variant="default" disabled={act.busy} onClick={darken}>
              {t('registry.not_this')}
            </Button>
            <Button variant="default" loading={act.busy} onClick={() => again(one)}>
              {t('registry.refresh')}
            </Button>
          </>
        )
      }
    />
  )
}

function FetchedBy({ kept }: { kept: Kept }) {
  const t = useT()
  const words = useWords()
  const state = useRegistryState().data
  const name = usePerson(kept.fetched_by)?.name ?? '…'
  const registry = state?.registries.find((one) => one.code === kept.provider)
  return (
    <>
      {t('registry.fetched', { name, registry: registry ? words(registry.words) : kept.provider })} <RelativeTime at={kept.fetched_at} />
    </>
  )
}

function LookUp({ kind, row, onClose }: Omit<Props, 'live'> & { onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const [typed, setTyped] = useState(row.title)
  return (
    <Dialog title={t('registry.look_up')} onClose={onClose} tall>
      <div className={classes.dialog}>
        <p className={classes.note}>{t('registry.look_up_text')}</p>
        <CandidatesInput
          kind={kind}
          label={t('registry.company')}
          value={typed}
          onChange={setTyped}
          chosen={null}
          except={[row.id]}
          autoFocus
          onChoose={(one) => {
            void act.run(async () => {
              await keepRegistration(row.kind, row.id, one.provider, one.ref)
              await fetchRecord(row.kind, row.id)
            })
          }}
        />
        <ProblemText error={act.error} />
      </div>
    </Dialog>
  )
}
