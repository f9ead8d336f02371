// The cards chosen in a composer, and the offer to make one of what its text names.
import { ActionIcon, Button } from '@mantine/core'
import { IconCards, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Id, Ref } from '../api/types'
import { useT } from '../i18n/i18n'
import type { Composer } from '../ui/useComposer'
import { lastNamed } from './address'
import { Card } from './Card'
import classes from './Card.module.css'
import { chosenCards, useChosenCards } from './chosen'
import { keyOf } from './known'

const OfNumber = lazy(() => import('./OfNumber'))

interface Props {
  person: Id
  place: string
  composer: Composer
}

export function CardTray({ person, place, composer }: Props) {
  const t = useT()
  const chosen = useChosenCards(person, place)
  return (
    <>
      <Offered person={person} place={place} composer={composer} chosen={chosen} />
      {chosen.length > 0 && (
        <ul className={classes.tray} aria-label={t('cards.chosen')}>
          {chosen.map((one) => (
            <li key={keyOf(one)} className={classes.chosen}>
              <Card about={one} />
              <ActionIcon aria-label={t('cards.remove')} onClick={() => chosenCards.remove(person, place, one)}>
                <IconX size={20} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** What the text names last, unless it was waved away or lies in the tray. */
function Offered({ person, place, composer, chosen }: Props & { chosen: readonly Ref[] }) {
  const [declined, setDeclined] = useState<readonly string[]>([])
  const named = lastNamed(composer.text)
  if (!named || declined.includes(named.text)) return null
  const offer = (ref: Ref) => (
    <Offer
      isNew={!chosen.some((one) => keyOf(one) === keyOf(ref))}
      onAccept={() => {
        chosenCards.add(person, place, ref)
        composer.setText(composer.text.replace(named.text, '').trimEnd())
      }}
      onDecline={() => setDeclined([...declined, named.text])}
    />
  )
  if ('ref' in named) return offer(named.ref)
  return (
    <Suspense fallback={null}>
      <OfNumber number={named.number}>{offer}</OfNumber>
    </Suspense>
  )
}

function Offer({ isNew, onAccept, onDecline }: { isNew: boolean; onAccept: () => void; onDecline: () => void }) {
  const t = useT()
  if (!isNew) return null
  return (
    <div className={classes.offer} role="status">
      <Button size="sm" variant="light" leftSection={<IconCards size={18} />} onClick={onAccept}>
        {t('cards.as_card')}
      </Button>
      <ActionIcon aria-label={t('ui.close')} onClick={onDecline}>
        <IconX size={18} />
      </ActionIcon>
    </div>
  )
}
