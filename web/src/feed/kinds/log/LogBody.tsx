// What was filled in, under what was asked at that time; what was written besides stands below.
import { memo } from 'react'
import { navigate } from 'wouter/use-browser-location'
import type { LogView } from '../../../api/generated'
import type { Id, Post } from '../../../api/types'
import { useMyId } from '../../../live/bootstrap'
import { showPerson } from '../../../people/shown'
import { Markdown } from '../../../ui/Markdown'
import classes from './Log.module.css'

function onMention(kind: string, who: Id): void {
  if (kind === 'person') showPerson(who)
  else navigate(`/people?department=${who}`)
}

export const LogBody = memo(function LogBody({ post }: { post: Post }) {
  const me = useMyId()
  const log = logOf(post)
  if (!log) return null
  const filled = log.fields.filter((one) => one.value !== '')
  const long = filled.filter((one) => one.type === 'text')
  const short = filled.filter((one) => one.type !== 'text')
  return (
    <div className={classes.fields} data-log={log.rhythm}>
      {short.length > 0 && (
        <div className={classes.shorts}>
          {short.map((one) => (
            <div key={one.key} className={classes.field} data-filled={one.key}>
              <p className={classes.label}>{one.title}</p>
              <p className={classes.short}>{[one.value, one.unit].filter(Boolean).join(' ')}</p>
            </div>
          ))}
        </div>
      )}
      {long.map((one) => (
        <div key={one.key} className={classes.field} data-filled={one.key}>
          <p className={classes.label}>{one.title}</p>
          <Markdown text={one.value} me={me} onMention={onMention} />
        </div>
      ))}
      {log.remark !== '' && <Markdown text={log.remark} me={me} onMention={onMention} />}
    </div>
  )
})

export function logOf(post: Post | undefined): LogView | null {
  return post?.details?.kind === 'log' ? post.details : null
}
