// Who reads this, faintly across the whole page and its printout (W44): a company's own setting.
import { useCompany, useMe } from '../live/bootstrap'
import classes from './Watermark.module.css'

export function Watermark() {
  const { person } = useMe()
  const company = useCompany()
  if (!company.watermark) return null
  return (
    <svg className={classes.watermark} aria-hidden="true" focusable="false">
      <defs>
        <pattern id="tf-watermark" width="230" height="150" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
          <text x="12" y="60">
            {[person.name, person.staff_number].filter(Boolean).join(' ')}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#tf-watermark)" />
    </svg>
  )
}
