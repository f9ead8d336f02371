// Sends what a composer holds.
import { ActionIcon } from '@mantine/core'
import { IconSend2 } from '@tabler/icons-react'

export function SendButton({ label, disabled }: { label: string; disabled: boolean }) {
  return (
    <ActionIcon
      type="submit"
      variant="filled"
      color="tide"
      radius="xl"
      aria-label={label}
      disabled={disabled}
      // Keeps the phone's keyboard open.
      onPointerDown={(event) => event.preventDefault()}
    >
      <IconSend2 size={20} />
    </ActionIcon>
  )
}
