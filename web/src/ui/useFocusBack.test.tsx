import { Button, MantineProvider, Menu } from '@mantine/core'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { Dialog } from './Dialog'

function ByButton() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>open</Button>
      {open && <Dialog title="ask" onClose={() => setOpen(false)}>words</Dialog>}
    </>
  )
}

function ByMenu() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button>more</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen(true)}>lock</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open && <Dialog title="ask" onClose={() => setOpen(false)}>words</Dialog>}
    </>
  )
}

test('a dialog that stands only while it is open gives the keyboard back to its button', async () => {
  render(<MantineProvider env="test"><ByButton /></MantineProvider>)
  screen.getByRole('button', { name: 'open' }).focus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true))
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'open' })))
})

test('a dialog opened from a menu gives it back to the button of the menu', async () => {
  render(<MantineProvider env="test"><ByMenu /></MantineProvider>)
  await userEvent.click(screen.getByRole('button', { name: 'more' }))
  const choice = await screen.findByRole('menuitem', { name: 'lock' })
  choice.focus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true))
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'more' })))
})
