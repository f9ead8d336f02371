// Our mark and name.
import classes from './Brand.module.css'

export function Brand({ small = false }: { small?: boolean }) {
  return (
    <span className={classes.brand} data-small={small || undefined}>
      <img src="/icon.svg" alt="" width={small ? 32 : 40} height={small ? 32 : 40} />
      <span className={classes.name}>Tenfour</span>
    </span>
  )
}
