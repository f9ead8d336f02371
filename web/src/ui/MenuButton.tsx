// The «…» of a thing. A list holds hundreds of them, so the menu exists, and its code is loaded, only once one is pressed.
import { ActionIcon } from '@mantine/core'
import { IconDots, type Icon } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'

const OpenMenu = lazy(() => import('./OpenMenu'))

export interface Choice {
  icon: Icon
  label: string
  onChoose: () => void
  /** Undoing it is hard. */
  isGrave?: boolean
}

interface Props {
  label: string
  choices: readonly (Choice | false)[]
  size?: number
}

export function MenuButton({ label, choices, size = 20 }: Props) {
  const [used, setUsed] = useState(false)
  const button = (
    <ActionIcon aria-label={label} aria-haspopup="menu" onClick={used ? undefined : () => setUsed(true)} autoFocus={used}>
      <IconDots size={size} />
    </ActionIcon>
  )
  if (!used) return button
  return (
    <Suspense fallback={button}>
      <OpenMenu button={button} choices={choices.filter((one) => one !== false)} />
    </Suspense>
  )
}
