import { MantineProvider } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiProblem } from '../../api/problem'
import type { Me } from '../../api/types'
import { me } from '../../live/bootstrap'
import { customer, rowOf } from '../fixtures'
import { fieldOf } from '../kinds'
import type { Field, RecordRow, Value } from '../wire'
import { FieldEditor, type KeptEdit } from './FieldEditor'

type Save = (version: number, fields: Record<string, Value>) => Promise<RecordRow>
const place = 'record.customer.99.budget'
const budget = fieldOf(customer, 'budget') as Field

beforeEach(() => {
  localStorage.clear()
  me.set({ person: { id: 17 }, capabilities: {} } as unknown as Me)
})

function show(save: Save, more: { row?: RecordRow; kept?: KeptEdit | null; onClose?: () => void } = {}) {
  const { row = rowOf(), kept = null, onClose = () => {} } = more
  const tree = (now: RecordRow) => (
    <MantineProvider env="test">
      <FieldEditor field={budget} row={now} start={row.fields['budget']} kept={kept} place={place} save={save} onClose={onClose} />
    </MantineProvider>
  )
  const shown = render(tree(row))
  return { again: (now: RecordRow) => shown.rerender(tree(now)) }
}

const stale = new ApiProblem({
  status: 409,
  code: 'stale_version',
  version: 9,
  errors: [{ field: 'fields.budget', code: 'stale_version', detail: '', params: { yours: '3000', now: '5000.00' } }],
} as never)

test('one field is saved over the version that was read, as a number', async () => {
  const save = vi.fn<Save>(() => Promise.resolve(rowOf({ version: 8 })))
  const onClose = vi.fn()
  show(save, { onClose })
  const input = screen.getByLabelText('预算')
  await userEvent.clear(input)
  await userEvent.type(input, '1.5万{Enter}')
  expect(save).toHaveBeenCalledWith(7, { budget: '15000' })
  expect(onClose).toHaveBeenCalled()
  expect(localStorage.length).toBe(0)
})

test('the same field was changed by somebody else: both values stand there, and mine is saved over the newer one', async () => {
  const save = vi.fn<Save>().mockRejectedValueOnce(stale).mockResolvedValueOnce(rowOf({ version: 10 }))
  show(save)
  const input = screen.getByLabelText('预算')
  await userEvent.clear(input)
  await userEvent.type(input, '3000')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  expect(screen.getByText('¥3,000.00')).toBeTruthy()
  expect(screen.getByText('¥5,000.00')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '保留我的' }))
  expect(save).toHaveBeenLastCalledWith(9, { budget: '3000' })
})

test('theirs is taken by closing', async () => {
  const save = vi.fn<Save>().mockRejectedValueOnce(stale)
  const onClose = vi.fn()
  show(save, { onClose })
  await userEvent.type(screen.getByLabelText('预算'), '1')
  await userEvent.click(screen.getByRole('button', { name: '保存' }))
  await userEvent.click(screen.getByRole('button', { name: '采用对方的' }))
  expect(save).toHaveBeenCalledTimes(1)
  expect(onClose).toHaveBeenCalled()
})

test('what another writes meanwhile is told beside, and moves nothing that is being typed', async () => {
  const { again } = show(vi.fn<Save>())
  const input = screen.getByLabelText<HTMLInputElement>('预算')
  await userEvent.clear(input)
  await userEvent.type(input, '42')
  again(rowOf({ version: 8, fields: { ...rowOf().fields, budget: '5000.00' } }))
  expect(input.value).toBe('42')
  expect(screen.getByText('¥5,000.00')).toBeTruthy()
})

test('what was typed survives a reload, with the version it was typed over', async () => {
  show(vi.fn<Save>())
  await userEvent.type(screen.getByLabelText('预算'), '9')
  const kept = JSON.parse(localStorage.getItem(`tenfour.draft.17.${place}.form`) ?? 'null') as KeptEdit
  expect(kept).toEqual({ value: '2185.009', version: 7 })
})
