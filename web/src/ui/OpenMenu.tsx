// The list of a MenuButton. It opens after it stands, because only what opens later gives the focus back. Its first choice has the
// focus, as WAI-ARIA asks of a menu button: Mantine would give it to something between the choices that a menu may not hold.
import { Menu } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'
import type { Choice } from './MenuButton'

export default function OpenMenu({ button, choices }: { button: ReactElement; choices: readonly Choice[] }) {
  const [opened, setOpened] = useState(false)
  useEffect(() => setOpened(true), [])
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ icon: Icon, label, onChoose, isGrave }) => (
          <Menu.Item key={label} leftSection={<Icon size={18} />} {...(isGrave && { color: 'red.9' })} onClick={onChoose}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
