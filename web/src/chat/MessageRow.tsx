// One row of the list, by its type.
import { memo } from 'react'
import { dayHeading } from '../i18n/dates'
import { useLanguage, useT } from '../i18n/i18n'
import classes from './MessageRow.module.css'
import type { Row } from './rows'
import { Said } from './Said'
import { useSystemText } from './systemText'

function SystemLine({ row }: { row: Extract<Row, { type: 'system' }> }) {
  return <p className={classes.system}>{useSystemText(row.message)}</p>
}

function Day({ at }: { at: string }) {
  useLanguage()
  return (
    <div className={classes.day}>
      <span>{dayHeading(at)}</span>
    </div>
  )
}

export const MessageRow = memo(function MessageRow({ row, isGroup }: { row: Row; isGroup: boolean }) {
  const t = useT()
  switch (row.type) {
    case 'day':
      return <Day at={row.at} />
    case 'new':
      return (
        <div className={classes.new}>
          <span>{t('chat.new_below')}</span>
        </div>
      )
    case 'system':
      return <SystemLine row={row} />
    case 'pending':
    case 'message':
      return <Said row={row} isGroup={isGroup} />
  }
})
