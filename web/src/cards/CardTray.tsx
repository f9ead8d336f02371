// The cards chosen in a composer, and the offer to make one of a pasted address.
import { ActionIcon, Button } from '@mantine/core'
import { IconCards, IconX } from '@tabler/icons-react'
import { type ClipboardEvent, useState } from 'react'
import type { Id, Ref } from '../api/types'
import { useT } from '../i18n/i18n'
import type { Composer } from '../ui/useComposer'
import { refOfAddress } from './address'
import { Card } from './Card'
import classes from './Card.module.css'
import { chosenCards, useChosenCards } from './chosen'
import { keyOf } from './known'

interface Offer {
  ref: Ref
  text: string
}

/** What was pasted, when it is nothing but the address of one of our things. */
export function useOffer(): [Offer | null, (event: ClipboardEvent) => void, () => void] {
  const [offer, setOffer] = useState<Offer | null>(null)
  const onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain').trim()
    const ref = refOfAddress(text)
    if (ref) setOffer({ ref, text })
  }
  return [offer, onPaste, () => setOffer(null)]
}

interface Props {
  person: Id
  place: string
  composer: Composer
  offer: Offer | null
  onDone: () => void
}

export function CardTray({ person, place, composer, offer, onDone }: Props) {
  const t = useT()
  const chosen = useChosenCards(person, place)
  const accept = (): void => {
    if (!offer) return
    chosenCards.add(person, place, offer.ref)
    composer.setText(composer.text.replace(offer.text, '').trimEnd())
    onDone()
  }
  const offered = offer && composer.text.includes(offer.text) && !chosen.some((one) => keyOf(one) === keyOf(offer.ref))
  return (
    <>
      {offered && (
        <div className={classes.offer} role="status">
          <Button size="sm" variant="light" leftSection={<IconCards size={18} />} onClick={accept}>
            {t('cards.as_card')}
          </Button>
          <ActionIcon aria-label={t('ui.close')} onClick={onDone}>
            <IconX size={18} />
          </ActionIcon>
        </div>
      )}
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
