// The name in a form that makes a record: with candidates, the mark 「工」, and the offer to fill in the rest.
import { Button } from '@mantine/core'
import { IconForms } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../../i18n/i18n'
import { problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { useLikes } from '../duplicates/useLikes'
import { useWords } from '../kinds'
import type { Field, RecordKind, Value } from '../wire'
import { registrationOf } from './asking'
import { CandidatesInput } from './Candidates'
import { MarkButton } from './Mark'
import { RegistrationDialog } from './RegistrationDialog'
import classes from './Registry.module.css'
import type { ChosenCompany, Registration } from './wire'

interface Props {
  kind: RecordKind
  field: Field
  values: Readonly<Record<string, Value>>
  company: ChosenCompany | null
  onCompany: (company: ChosenCompany | null) => void
  onFill: (values: Record<string, Value>) => void
  error?: string | undefined
  autoFocus?: boolean
}

export function CompanyName({ kind, field, values, company, onCompany, onFill, error, autoFocus = false }: Props) {
  const t = useT()
  const words = useWords()
  // The hint below tells of these, and whose they are.
  const hinted = useLikes({ kind, field, values }).flatMap((one) => one.record?.id ?? [])
  const [told, setTold] = useState<Registration | null>(null)
  const [busy, setBusy] = useState(false)
  const name = typeof values[field.name] === 'string' ? String(values[field.name]) : ''
  const show = async (): Promise<void> => {
    if (!company) return toast(t('registry.dark_text'))
    setBusy(true)
    try {
      setTold(await registrationOf(company.provider, company.ref))
    } catch (failure) {
      toast(problemText(failure), { tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={classes.company}>
      <CandidatesInput
        kind={kind}
        label={words(field.words)}
        required={field.required}
        maxLength={field.max_length ?? undefined}
        value={name}
        error={error}
        autoFocus={autoFocus}
        chosen={company?.name ?? null}
        except={hinted}
        onChange={(value) => onFill({ [field.name]: value })}
        onChoose={(one) => {
          onCompany(one)
          onFill({ [field.name]: one.name })
        }}
        side={<MarkButton lit={company !== null} onPress={() => void show()} />}
      />
      {company && (
        <div className={classes.offer}>
          <Button variant="light" size="compact-md" loading={busy} leftSection={<IconForms size={18} />} onClick={() => void show()}>
            {t('registry.fill_from')}
          </Button>
          <Button variant="subtle" size="compact-md" onClick={() => onCompany(null)}>
            {t('registry.not_this')}
          </Button>
        </div>
      )}
      {told && <RegistrationDialog kind={kind} told={told} values={values} above onFill={async (some) => onFill(some)} onClose={() => setTold(null)} />}
    </div>
  )
}
