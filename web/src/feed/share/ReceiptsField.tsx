// Must it be confirmed: by all who see it or by some of them, and by when (RCPT-01, 02). Says how far one's roles reach.
import { SegmentedControl, Switch } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { FieldProblem } from '../../api/types'
import { sayMaybe, useT, withTexts } from '../../i18n/i18n'
import { useMe } from '../../live/bootstrap'
import type { Named } from '../../ui/names'
import { QuestionField } from '../receipts/question/QuestionField'
import { Chips } from './Chips'
import { DueField } from './DueField'
import classes from './Field.module.css'
import { FieldError } from './FieldError'
import { type AskForm, audienceOf } from './form'

const LadderField = lazy(withTexts(() => import('../ladder/LadderField')))
const ChooseDialog = lazy(() => import('../choose/ChooseDialog'))

/** What a wider scope contains need not be said. */
function widest(scopes: readonly string[]): string[] {
  const contained = { below: 'own_line', own_department: 'department_below' } as Record<string, string>
  return scopes.filter((scope) => !scopes.includes(contained[scope] ?? ''))
}

interface Props {
  value: AskForm
  audience: readonly Named[]
  onChange: (value: AskForm) => void
  error: FieldProblem | undefined
  dueError: FieldProblem | undefined
  questionError: FieldProblem | undefined
  urgent?: boolean
  /** The scopes of whom it is asked for; one's own when left out. */
  scopes?: readonly string[]
}

export function ReceiptsField({ value, audience, onChange, error, dueError, questionError, urgent = false, scopes: given }: Props) {
  const t = useT()
  const { capabilities } = useMe()
  const [choosing, setChoosing] = useState(false)
  const scopes = widest(given ?? capabilities['receipt.require'] ?? [])
  if (scopes.length === 0) return null
  const hasMembers = (value.whom === 'all' ? audience : value.names).some((one) => one.kind !== 'person')
  const reach = scopes.includes('all')
    ? null
    : t('feed.receipts_reach', {
        whom: scopes.map((scope) => sayMaybe(`feed.scope_${scope}`) ?? scope).join(t('feed.scope_and')),
      })
  return (
    <fieldset className={classes.field} data-field="receipts">
      <legend className="tf-hidden">{t('feed.require_receipts')}</legend>
      <Switch
        label={t('feed.require_receipts')}
        description={t('feed.require_explained')}
        checked={value.on}
        onChange={(event) => onChange({ ...value, on: event.currentTarget.checked })}
      />
      {value.on && (
        <div className={classes.inner}>
          <div className={classes.field}>
            <SegmentedControl
              aria-label={t('feed.from_whom')}
              value={value.whom}
              onChange={(whom) => onChange({ ...value, whom: whom as AskForm['whom'] })}
              data={[
                { value: 'all', label: t('feed.from_all') },
                { value: 'some', label: t('feed.from_some') },
              ]}
            />
            {value.whom === 'some' && (
              <>
                <Chips value={value.names} onChange={(names) => onChange({ ...value, names })} />
                <div className={classes.chips}>
                  <button
                    type="button"
                    className={classes.choice}
                    disabled={audience.length === 0}
                    onClick={() => setChoosing(true)}
                  >
                    <IconPlus size={18} aria-hidden />
                    {t('feed.choose')}
                  </button>
                </div>
                {audience.length === 0 && <p className={classes.note}>{t('feed.audience_first')}</p>}
              </>
            )}
            <FieldError problem={error} />
            {reach && <p className={classes.note}>{reach}</p>}
          </div>
          <DueField value={value} onChange={onChange} error={dueError} />
          <Suspense>
            <LadderField
              on={value.ladder ?? false}
              due={value.due}
              urgent={urgent}
              onChange={(ladder) => onChange({ ...value, ladder })}
            />
          </Suspense>
          <QuestionField
            value={value.question ?? null}
            onChange={(question) => onChange({ ...value, question })}
            error={questionError}
          />
          {hasMembers && (
            <Switch
              label={t('feed.bound')}
              description={t('feed.bound_explained')}
              checked={value.bound ?? false}
              onChange={(event) => onChange({ ...value, bound: event.currentTarget.checked })}
            />
          )}
          <Switch
            label={t('feed.by_deputy')}
            description={t('feed.by_deputy_explained')}
            checked={value.byDeputy ?? false}
            onChange={(event) => onChange({ ...value, byDeputy: event.currentTarget.checked })}
          />
        </div>
      )}
      {choosing && (
        <Suspense>
          <ChooseDialog
            title={t('feed.from_whom')}
            value={value.names}
            onChange={(names) => onChange({ ...value, names })}
            onClose={() => setChoosing(false)}
            within={audienceOf(audience)}
          />
        </Suspense>
      )}
    </fieldset>
  )
}
