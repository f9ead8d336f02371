// A section that keeps a list of things, which are made, put into order, retired and offered again: its frame, and what its buttons share.
import { Button, Skeleton } from '@mantine/core'
import { type Icon, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../ui/EmptyState'
import { problemText, ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import classes from './LibraryPage.module.css'
import { SectionPage } from './SectionPage'

interface Props {
  title: string
  icon: Icon
  add: string
  onAdd: () => void
  /** What stands where nothing is kept yet. */
  none: { title: string; text: string }
  about: string
  isPending: boolean
  error: unknown
  /** Side by side where there is room. */
  tiles?: boolean
  /** The rows (`li`), none while nothing is kept. */
  rows: readonly ReactNode[]
  /** Open dialogs. */
  children: ReactNode
}

export function LibraryPage({ title, icon: Sign, add, onAdd, none, about, isPending, error, tiles = false, rows, children }: Props) {
  const button = (
    <Button leftSection={<IconPlus size={20} />} onClick={onAdd}>
      {add}
    </Button>
  )
  const isEmpty = !isPending && !error && rows.length === 0
  return (
    <SectionPage title={title} actions={isEmpty ? undefined : button}>
      <ProblemText error={error} />
      {isPending && rows.length === 0 && <Skeleton height={160} aria-hidden />}
      {isEmpty && (
        <EmptyState icon={<Sign size={40} stroke={1.4} />} title={none.title} action={button}>
          {none.text}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <>
          <p className={classes.about}>{about}</p>
          <ul className={classes.list} role="list" data-tiles={tiles || undefined}>
            {rows}
          </ul>
        </>
      )}
      {children}
    </SectionPage>
  )
}

/** Does what a menu says; a refusal comes up as a toast. */
export async function carryOut(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    toast(problemText(error), { tone: 'bad' })
  }
}

/** The ids with the one at this place moved by so many. */
export function moved(ids: readonly number[], at: number, by: number): number[] {
  const one = ids[at]
  return one === undefined ? [...ids] : ids.toSpliced(at, 1).toSpliced(at + by, 0, one)
}
