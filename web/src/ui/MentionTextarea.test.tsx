import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { MentionTextarea } from './MentionTextarea'
import type { Named } from './names'
import { UiProvider } from './UiProvider'
import { useComposer } from './useComposer'

const people: Named[] = [
  { kind: 'person', id: 17, name: '张伟', hint: '华东' },
  { kind: 'person', id: 18, name: '张强', hint: '市场部' },
]
// Nothing for «@» alone: a list that stands is the one of the last question, which no later answer replaces.
const search = async (q: string): Promise<Named[]> => people.filter((p) => q !== '' && p.name.includes(q))
let written = ''
const onSend = vi.fn()

function Place({ place = 'test' }: { place?: string }) {
  const composer = useComposer(1, place)
  written = composer.markdown()
  return <MentionTextarea composer={composer} search={search} label="写" sendOn="enter" onSend={onSend} />
}
const field = (): HTMLTextAreaElement => screen.getByLabelText('写')
const show = () => render(<UiProvider><Place /></UiProvider>)

beforeEach(() => {
  localStorage.clear()
  onSend.mockClear()
})

test('choosing from the list writes the name and stores the id', async () => {
  const user = userEvent.setup()
  show()
  await user.type(field(), '请@张')
  await screen.findByText('市场部')
  await waitFor(() => expect(field().getAttribute('aria-activedescendant')).not.toBeNull())
  await user.keyboard('{ArrowDown}{Enter}')
  expect(field().value).toBe('请@张强 ')
  expect(written).toBe('请@[张强](person:18)')
  expect(onSend).not.toHaveBeenCalled()
})

test('Enter sends, but not the Enter that ends a composition', async () => {
  const user = userEvent.setup()
  show()
  await user.type(field(), 'nihao')
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true })
  fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 })
  expect(onSend).not.toHaveBeenCalled()
  await user.keyboard('{Enter}')
  expect(onSend).toHaveBeenCalledOnce()
})

test('Shift+Enter goes on counting in a numbered list', async () => {
  const user = userEvent.setup()
  show()
  await user.type(field(), '1. a{Shift>}{Enter}{/Shift}b')
  expect(field().value).toBe('1. a\n2. b')
})

test('what was typed is there again after a reload', async () => {
  const user = userEvent.setup()
  const first = show()
  await user.type(field(), '草稿')
  first.unmount()
  show()
  expect(field().value).toBe('草稿')
})
