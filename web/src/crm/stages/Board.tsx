// Records as a board: a column for each stage or choice, moved by drag at a desk and by the card's menu everywhere. A phone shows one column.
import { Button, NativeSelect, Skeleton } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useState } from 'react'
import { Link } from 'wouter'
import type { BoardColumn } from '../../api/generated'
import { asProblem } from '../../api/problem'
import type { Id } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { number } from '../../i18n/dates'
import { EmptyState } from '../../ui/EmptyState'
import { MenuButton } from '../../ui/MenuButton'
import { ProblemText, problemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { FieldValue } from '../FieldValue'
import { addressOfRecord, fieldOf, fieldsOf, useWords } from '../kinds'
import { rowNow, useRow } from '../rows'
import { isEmpty, moneyText, grouped, valueOf } from '../values'
import type { Field, RecordKind, RecordRow } from '../wire'
import classes from './Board.module.css'
import { MoveDialog } from './MoveDialog'
import { mayMove, move, standsAt, wantsReason } from './moves'
import { type Asked, useBoard, useColumn, useMoved } from './useBoard'

interface Props {
  kind: RecordKind
  by: string
  asked: Asked
  isDesk: boolean
  onBy: (by: string) => void
}

interface Asking {
  row: RecordRow
  to: string | null
  refused?: unknown
}

export default function Board({ kind, by, asked, isDesk, onBy }: Props) {
  const t = useT()
  const words = useWords()
  const queries = useQueryClient()
  const moved = useMoved(kind)
  const board = useBoard(kind, by, asked, moved)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [here, setHere] = useState<string | null | undefined>(undefined)
  const field = fieldOf(kind, by)
  if (!field) return <EmptyState title={t('stages.no_board')} />
  const send = async (row: RecordRow, to: string | null): Promise<void> => {
    if (standsAt(row, by) === to) return
    if (wantsReason(kind, field, to)) return setAsking({ row, to })
    try {
      await move(row, field, to, '')
    } catch (error) {
      // What is missing, or who was faster, is said where one can go on.
      if (asProblem(error).problem.errors?.length && to !== null) setAsking({ row, to, refused: error })
      else toast(problemText(error), { tone: 'bad' })
    }
    await queries.invalidateQueries({ queryKey: ['records'] })
  }
  const columns = board.data?.columns ?? []
  const chosen = columns.find((one) => one.code === here) ?? columns.find((one) => one.count > 0) ?? columns[0]
  const nameOf = (code: string | null): string => {
    const choice = field.choices.find((one) => one.code === code)
    return choice ? words(choice.words) : t('stages.without', { name: words(field.words) })
  }
  const column = (one: BoardColumn) => (
    <Column key={one.code ?? ''} kind={kind} field={field} column={one} name={nameOf(one.code)} asked={asked} moved={moved} onSend={send} others={columns} nameOf={nameOf} />
  )
  return (
    <div className={classes.board} data-board={by}>
      {kind.boards.length > 1 && (
        <NativeSelect
          size="md"
          aria-label={t('stages.by')}
          className={classes.by}
          value={by}
          onChange={(event) => onBy(event.currentTarget.value)}
          data={kind.boards.flatMap((name) => {
            const one = fieldOf(kind, name)
            return one ? [{ value: name, label: t('stages.by_field', { name: words(one.words) }) }] : []
          })}
        />
      )}
      <ProblemText error={board.error} />
      {board.isPending && <Skeleton height={240} aria-hidden />}
      {isDesk ? (
        <div className={classes.columns}>{columns.map(column)}</div>
      ) : (
        <>
          <div className={classes.tabs} role="group" aria-label={words(field.words)}>
            {columns.map((one) => (
              <button key={one.code ?? ''} type="button" className={classes.tab} aria-pressed={one === chosen} onClick={() => setHere(one.code)}>
                {nameOf(one.code)} <span className={classes.count}>{number(one.count)}</span>
              </button>
            ))}
          </div>
          {chosen && column(chosen)}
        </>
      )}
      {asking && (
        <MoveDialog kind={kind} row={asking.row} field={field} to={asking.to} refused={asking.refused} onClose={() => setAsking(null)} />
      )}
    </div>
  )
}

interface ColumnProps {
  kind: RecordKind
  field: Field
  column: BoardColumn
  name: string
  asked: Asked
  moved: string
  others: readonly BoardColumn[]
  nameOf: (code: string | null) => string
  onSend: (row: RecordRow, to: string | null) => Promise<void>
}

function Column({ kind, field, column, name, asked, moved, others, nameOf, onSend }: ColumnProps) {
  const t = useT()
  const cards = useColumn(kind, field.name, column.code, asked, moved)
  const [isOver, setOver] = useState(false)
  const mayEnter = column.code !== null || (!field.by_act && !field.required)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const row = rowNow(kind.kind, Number(event.dataTransfer.getData('text/plain')))
    if (row && mayMove(row, field)) void onSend(row, column.code)
  }
  const choice = field.choices.find((one) => one.code === column.code)
  return (
    <section
      className={classes.column}
      aria-label={name}
      data-column={column.code ?? ''}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!mayEnter) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <header className={classes.head} data-tone={choice?.tone}>
        <h3 className={classes.name}>{name}</h3>
        <span className={classes.count} data-count={column.count}>
          {number(column.count)}
        </span>
        {Object.entries(column.sums).map(([sum, text]) => (
          <Sum key={sum} field={fieldOf(kind, sum)} text={text} />
        ))}
      </header>
      <ProblemText error={cards.error} />
      <ul className={classes.cards}>
        {cards.ids.map((id) => (
          <Card key={id} kind={kind} field={field} id={id} code={column.code} others={others} nameOf={nameOf} onSend={onSend} />
        ))}
      </ul>
      {cards.isPending && <Skeleton height={72} aria-hidden />}
      {cards.hasNextPage && (
        <Button variant="subtle" fullWidth loading={cards.isFetchingNextPage} onClick={() => void cards.fetchNextPage()}>
          {t('ui.load_more')}
        </Button>
      )}
    </section>
  )
}

function Sum({ field, text }: { field: Field | undefined; text: string }) {
  const words = useWords()
  if (!field) return null
  const shown = field.type === 'money' ? moneyText(text, field.currency) : grouped(text, field.decimals)
  return (
    <span className={classes.sum}>
      {words(field.words)} {shown}
    </span>
  )
}

interface CardProps {
  kind: RecordKind
  field: Field
  id: Id
  code: string | null
  others: readonly BoardColumn[]
  nameOf: (code: string | null) => string
  onSend: (row: RecordRow, to: string | null) => Promise<void>
}

const MOST = 3

function Card({ kind, field, id, code, others, nameOf, onSend }: CardProps) {
  const t = useT()
  const row = useRow(kind.kind, id)
  // Somebody moved it: its new column has it.
  if (!row || standsAt(row, field.name) !== code) return null
  const may = mayMove(row, field)
  const shown = fieldsOf(kind, [...kind.shown, 'owner']).filter((one) => one.name !== field.name && !isEmpty(valueOf(row, one)))
  const into = others.filter((one) => one.code !== code && (one.code !== null || (!field.by_act && !field.required)))
  return (
    <li
      className={classes.card}
      data-card-of={id}
      draggable={may}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', String(id))
        event.dataTransfer.effectAllowed = 'move'
      }}
    >
      <Link href={addressOfRecord(kind.kind, id)} className={classes.link} draggable={false}>
        <span className={classes.title}>{row.title || row.number}</span>
        <span className={classes.facts}>
          {shown.slice(0, MOST).map((one) => (
            <span key={one.name} className={classes.fact}>
              <FieldValue field={one} value={valueOf(row, one)} plain />
            </span>
          ))}
        </span>
      </Link>
      {may && (
        <MenuButton
          label={t('stages.move', { title: row.title })}
          choices={into.map((one) => ({ icon: IconArrowRight, label: t('stages.move_to', { name: nameOf(one.code) }), onChoose: () => void onSend(row, one.code) }))}
        />
      )}
    </li>
  )
}
