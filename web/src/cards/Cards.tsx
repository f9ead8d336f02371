// The cards that a post or a message carries.
import type { CarriedCard } from '../api/types'
import classes from './Card.module.css'
import { Card } from './Card'

export function Cards({ cards }: { cards: readonly CarriedCard[] | undefined }) {
  if (!cards?.length) return null
  return (
    <div className={classes.all}>
      {cards.map((one) => (
        <Card key={`${one.kind}/${one.id}`} about={one} since={one.version} />
      ))}
    </div>
  )
}
