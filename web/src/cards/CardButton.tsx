// «Card» in a composer's tools: opens the picker.
import { ActionIcon } from '@mantine/core'
import { IconCards } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Id } from '../api/types'
import { useT } from '../i18n/i18n'
import { chosenCards, MOST_CARDS, useChosenCards } from './chosen'

const CardPicker = lazy(() => import('./CardPicker'))

export function CardButton({ person, place }: { person: Id; place: string }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const left = MOST_CARDS - useChosenCards(person, place).length
  return (
    <>
      <ActionIcon aria-label={t('cards.attach')} title={t('cards.attach')} disabled={left <= 0} onClick={() => setOpen(true)}>
        <IconCards size={22} stroke={1.7} />
      </ActionIcon>
      {isOpen && (
        <Suspense>
          <CardPicker
            title={t('cards.attach')}
            onClose={() => setOpen(false)}
            most={left}
            onChoose={(refs) => {
              for (const ref of refs) chosenCards.add(person, place, ref)
              setOpen(false)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
