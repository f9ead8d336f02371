// The list of a MenuButton, open from the first moment.
import { Menu } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Choice } from './MenuButton'

export default function OpenMenu({ button, choices }: { button: ReactElement; choices: readonly Choice[] }) {
  return (
    <Menu defaultOpened position="bottom-end" withinPortal>
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
