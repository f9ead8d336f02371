// Until when it is to be done; who has to do it is whom it is addressed to.
import { useT } from '../../../i18n/i18n'
import type { FieldsProps } from '../declared'
import fields from '../Fields.module.css'
import { TimeField } from '../TimeField'

export default function InstructionFields({ value, onChange, error }: FieldsProps) {
  const t = useT()
  return (
    <div className={fields.pair} data-field="details">
      <TimeField
        label={t('kinds.due_at')}
        description={t('kinds.due_explained')}
        value={value.due_at}
        onChange={(at) => onChange({ ...value, due_at: at })}
        error={error}
      />
    </div>
  )
}
