// Who can see it: the whole company, one's own department at a press, or chosen departments and people (FEED-13).
import { IconBuilding, IconPlus, IconWorld } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { FieldProblem, Person } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { useMe } from '../../live/bootstrap'
import { useDepartments } from '../../live/directory'
import { departmentNamed, everyoneNamed } from '../../live/lookup'
import { type Named, sameName } from '../../ui/names'
import { Chips } from './Chips'
import classes from './Field.module.css'
import { FieldError } from './FieldError'

const ChooseDialog = lazy(() => import('../choose/ChooseDialog'))

interface Props {
  /** Whose departments are offered; one's own when left out. */
  author?: Person | undefined
  value: readonly Named[]
  onChange: (value: Named[]) => void
  error: FieldProblem | undefined
  label?: string | undefined
}

export function AudienceField({ author, value, onChange, error, label: given }: Props) {
  const t = useT()
  const label = given ?? t('feed.audience')
  const mine = useMe().person
  const person = author ?? mine
  const [choosing, setChoosing] = useState(false)
  const own = useDepartments().filter((d) => person.department_ids.slice(0, 2).includes(d.id))
  const quick = [everyoneNamed(), ...own.map(departmentNamed)].filter((q) => !value.some((v) => sameName(v, q)))
  const everyone = value.some((named) => named.kind === 'everyone')
  const add = (named: Named): void => {
    // The whole company contains every department; outsiders stay named.
    onChange(named.kind === 'everyone' ? [named, ...value.filter((v) => v.kind === 'person')] : [...value, named])
  }
  return (
    <fieldset className={classes.field} data-field="audience" aria-describedby={error ? 'audience-error' : undefined}>
      <legend className={classes.label}>{label}</legend>
      <Chips value={value} onChange={onChange} />
      <div className={classes.chips}>
        {quick
          .filter((named) => !everyone || named.kind !== 'department')
          .map((named) => (
            <button key={named.kind + named.id} type="button" className={classes.choice} onClick={() => add(named)}>
              {named.kind === 'everyone' ? <IconWorld size={18} aria-hidden /> : <IconBuilding size={18} aria-hidden />}
              {named.kind === 'everyone' ? t('feed.everyone') : named.name}
            </button>
          ))}
        <button type="button" className={classes.choice} onClick={() => setChoosing(true)}>
          <IconPlus size={18} aria-hidden />
          {t('feed.choose')}
        </button>
      </div>
      <FieldError problem={error} id="audience-error" />
      {choosing && (
        <Suspense>
          <ChooseDialog
            title={label}
            value={value}
            onChange={onChange}
            onClose={() => setChoosing(false)}
            within={null}
          />
        </Suspense>
      )}
    </fieldset>
  )
}
