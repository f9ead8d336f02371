// An address part by part, from large to small; the country only for whoever opens it.
import { TextInput } from '@mantine/core'
import chips from '../../feed/share/Field.module.css'
import { useT } from '../../i18n/i18n'
import { type Address, ADDRESS_PARTS } from '../wire'
import classes from './Inputs.module.css'

const NOWHERE: Address = { country: '', province: '', city: '', district: '', street: '', postcode: '' }

interface Props {
  label: string
  name: string
  value: Address | null
  onChange: (value: Address) => void
  error?: string | undefined
}

export function AddressInput({ label, name, value, onChange, error }: Props) {
  const t = useT()
  const now = value ?? NOWHERE
  return (
    <fieldset className={chips.field} data-input={name}>
      <legend className={chips.label}>{label}</legend>
      <div className={classes.parts}>
        {ADDRESS_PARTS.map((part) => (
          <TextInput
            key={part}
            className={part === 'street' ? classes.whole : undefined}
            label={t(`crm.address_${part}`)}
            autoComplete="off"
            maxLength={200}
            value={now[part]}
            onChange={(event) => onChange({ ...now, [part]: event.currentTarget.value })}
          />
        ))}
      </div>
      {error && (
        <p className={chips.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
