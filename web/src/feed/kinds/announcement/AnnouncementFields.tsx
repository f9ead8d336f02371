// How an announcement stands out, from when it applies and until when.
import { Switch } from '@mantine/core'
import { useT } from '../../../i18n/i18n'
import type { FieldsProps } from '../declared'
import { TimeField } from '../TimeField'
import fields from '../Fields.module.css'

export default function AnnouncementFields({ value, onChange, error }: FieldsProps) {
  const t = useT()
  const wrong = (field: string) => (error?.field === `details.${field}` ? error : undefined)
  return (
    <div className={fields.fields} data-field="details">
      <Switch
        label={t('kinds.pin')}
        description={t('kinds.pin_explained')}
        checked={value.pinned === true}
        onChange={(event) => onChange({ ...value, pinned: event.currentTarget.checked })}
      />
      <div className={fields.pair}>
        <TimeField
          label={t('kinds.effective_at')}
          description={t('kinds.effective_explained')}
          value={value.effective_at}
          onChange={(at) => onChange({ ...value, effective_at: at })}
          error={wrong('effective_at')}
        />
        <TimeField
          label={t('kinds.expires_at')}
          description={t('kinds.expires_explained')}
          value={value.expires_at}
          onChange={(at) => onChange({ ...value, expires_at: at })}
          error={wrong('expires_at')}
        />
      </div>
    </div>
  )
}
