// One row of the palette, by its type.
import { IconFileText, IconHash } from '@tabler/icons-react'
import type { FileView } from '../api/types'
import { useFace } from '../chat/conversations'
import { iconOf } from '../crm/icons'
import { useKind, useWords } from '../crm/kinds'
import { FileIcon } from '../files/FileIcon'
import { useT } from '../i18n/i18n'
import { useDepartments, usePerson } from '../live/directory'
import { Avatar } from '../ui/Avatar'
import { RelativeTime } from '../ui/RelativeTime'
import { Marked } from './Marked'
import classes from './Palette.module.css'
import type { Row } from './rows'

export function PaletteRow({ row }: { row: Row }) {
  switch (row.type) {
    case 'person':
      return <PersonLine id={row.id} />
    case 'conversation':
      return <ConversationLine id={row.id} />
    case 'written':
      return <WrittenLine row={row} />
    case 'record':
      return <RecordLine row={row} />
    case 'topic':
      return <TopicLine name={row.name} />
    case 'action':
      return <ActionLine row={row} />
  }
}

function PersonLine({ id }: { id: number }) {
  const person = usePerson(id)
  const main = useDepartments().find((one) => one.id === person?.department_ids[0])
  const hint = [main?.path, person?.title, person?.staff_number].filter(Boolean).join(' · ')
  return (
    <>
      <Avatar id={id} name={person?.name ?? '…'} size={36} />
      <span className={classes.words}>
        <span className={classes.name}>{person?.name ?? '…'}</span>
        {hint && <span className={classes.hint}>{hint}</span>}
      </span>
    </>
  )
}

function ConversationLine({ id }: { id: number }) {
  const face = useFace(id)
  return (
    <>
      <Avatar id={face?.avatarId ?? id} name={face?.name ?? '…'} size={36} square={face?.isGroup ?? true} />
      <span className={classes.words}>
        <span className={classes.name}>{face?.name ?? '…'}</span>
      </span>
    </>
  )
}

function TopicLine({ name }: { name: string }) {
  return (
    <>
      <span className={classes.icon} aria-hidden>
        <IconHash size={20} />
      </span>
      <span className={classes.words}>
        <span className={classes.name}>#{name}#</span>
      </span>
    </>
  )
}

function RecordLine({ row }: { row: Extract<Row, { type: 'record' }> }) {
  const kind = useKind(row.kind)
  const words = useWords()
  const owner = usePerson(row.owner)
  const KindIcon = iconOf(kind?.icon ?? '')
  return (
    <>
      <span className={classes.icon} aria-hidden>
        <KindIcon size={20} stroke={1.7} />
      </span>
      <span className={classes.words}>
        <span className={classes.name}>{row.title}</span>
        <span className={classes.hint}>{[kind && words(kind.words), owner?.name].filter(Boolean).join(' · ')}</span>
      </span>
    </>
  )
}

function WrittenLine({ row: { hit } }: { row: Extract<Row, { type: 'written' }> }) {
  const t = useT()
  const author = usePerson(hit.author_id)
  const face = useFace(hit.conversation_id ?? 0)
  const { kind } = hit.on ?? hit
  const place = kind === 'post' ? t('search.post') : kind === 'comment' ? t('search.comment') : (face?.name ?? '…')
  return (
    <>
      {hit.on ? (
        <span className={classes.icon} aria-hidden>
          <FileIcon kind={hit.state as FileView['kind']} size={20} />
        </span>
      ) : hit.kind === 'post' ? (
        <span className={classes.icon} aria-hidden>
          <IconFileText size={20} stroke={1.7} />
        </span>
      ) : (
        <Avatar id={hit.author_id} name={author?.name ?? '…'} size={36} />
      )}
      <span className={classes.words}>
        <span className={classes.where}>
          <span className={classes.who}>{author?.name ?? '…'}</span>
          <span className={classes.place}>{place}</span>
          <RelativeTime at={hit.at} form="list" className={classes.time} />
        </span>
        <span className={classes.snippet}>
          <Marked snippet={hit.snippet} />
        </span>
      </span>
    </>
  )
}

function ActionLine({ row: { icon: Icon, label } }: { row: Extract<Row, { type: 'action' }> }) {
  const t = useT()
  return (
    <>
      <span className={classes.icon} aria-hidden>
        <Icon size={20} stroke={1.7} />
      </span>
      <span className={classes.words}>
        <span className={classes.name}>{t(label)}</span>
      </span>
    </>
  )
}
