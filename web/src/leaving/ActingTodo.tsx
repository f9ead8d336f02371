// One thing that waits on the principal: the post unfolds, and the receipt is given for them where the author allows it.
import { Button, Skeleton } from '@mantine/core'
import { IconCheck, IconChevronRight } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import type { Item, Person, Post, Todo } from '../api/types'
import { useT } from '../i18n/i18n'
import { useActedName } from '../live/acted'
import { DueTime } from '../feed/receipts/DueTime'
import { Markdown } from '../ui/Markdown'
import { ProblemText } from '../ui/ProblemText'
import { RelativeTime } from '../ui/RelativeTime'
import { toast } from '../ui/toasts'
import classes from './Acting.module.css'

interface Props {
  person: Person
  todo: Todo
  mayGive: boolean
}

export function ActingTodo({ person, todo, mayGive }: Props) {
  const t = useT()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const post = useQuery({
    queryKey: ['acting', person.id, 'post', todo.source.id],
    queryFn: async () =>
      (await api.get<Item<Post>>(`/posts/${todo.source.id}`, { actingFor: person.id })).data.item,
    enabled: open,
  })
  const asker = useActedName(todo.asked_by, post.data?.by_id)
  const give = async (): Promise<void> => {
    if (!post.data) return
    setBusy(true)
    setError(null)
    try {
      const { version } = post.data
      await api.put(`/posts/${todo.source.id}/receipt`, { version }, { actingFor: person.id })
      toast(t('leaving.given_for', { name: person.name }), { tone: 'good' })
      await queries.invalidateQueries({ queryKey: ['acting', person.id] })
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <li className={classes.todo} data-todo={todo.ref.id}>
      <button type="button" className={classes.what} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={18} className={classes.arrow} aria-hidden />
        <span className={classes.words}>
          <span className={open ? 'tf-hidden' : classes.title}>{todo.title}</span>
          <span className={classes.facts}>
            <span>{t('feed.asked_by', { name: asker })}</span>
            {todo.due_at ? <DueTime due={todo.due_at} waits /> : <RelativeTime at={todo.asked_at} />}
          </span>
        </span>
      </button>
      {open && (
        <div className={classes.post}>
          <ProblemText error={post.error ?? error} />
          {post.isPending && <Skeleton height={60} />}
          {post.data && (
            <>
              <Markdown text={post.data.text} me={person.id} />
              {mayGive && post.data.receipts?.by_deputy && (
                <Button mt="sm" loading={busy} leftSection={<IconCheck size={20} />} onClick={() => void give()}>
                  {t('leaving.confirm_for', { name: person.name })}
                </Button>
              )}
              {post.data.receipts && !post.data.receipts.by_deputy && (
                <p className={classes.note}>{t('leaving.in_person', { name: person.name })}</p>
              )}
            </>
          )}
        </div>
      )}
    </li>
  )
}
