// Files on their way: how far each is, why one was not taken, and what can be done about it.
import { ActionIcon } from '@mantine/core'
import { IconRefresh, IconX } from '@tabler/icons-react'
import { useT } from '../i18n/i18n'
import { connection } from '../live/connection'
import { useSignal } from '../live/emitter'
import { FileIcon } from './FileIcon'
import { type Upload, uploads } from './uploads'
import classes from './UploadTray.module.css'
import { contentOf, sizeText, whyNot } from './words'

export function UploadTray({ list }: { list: readonly Upload[] }) {
  const t = useT()
  if (list.length === 0) return null
  return (
    <ul className={classes.tray} aria-label={t('files.chosen')}>
      {list.map((one) => (
        <Row key={one.key} one={one} />
      ))}
    </ul>
  )
}

function Row({ one }: { one: Upload }) {
  const t = useT()
  const isOnline = useSignal(connection) === 'online'
  const picture = one.file?.kind === 'picture' ? contentOf(one.file, 'thumb') : one.preview
  const said = {
    sending: isOnline ? t('files.sending', { done: sizeText(one.received), size: sizeText(one.size) }) : t('files.waits'),
    checking: t('files.checking'),
    ready: sizeText(one.file?.size ?? one.size),
    failed: one.problem ? whyNot(one.problem) : '',
  }[one.state]
  return (
    <li className={classes.row} data-upload={one.state}>
      <span className={classes.mark}>
        {picture ? <img src={picture} alt="" className={classes.thumb} /> : <FileIcon kind={one.file?.kind ?? null} />}
      </span>
      <span className={classes.words}>
        <span className={classes.name}>{one.file?.name ?? one.name}</span>
        <span className={classes.state} role={one.state === 'failed' ? 'alert' : undefined}>
          {said}
        </span>
        {(one.state === 'sending' || one.state === 'checking') && (
          <progress className={classes.bar} max={one.size} value={one.received} aria-label={t('files.progress', { name: one.name })} />
        )}
      </span>
      {one.state === 'failed' && (
        <ActionIcon aria-label={t('files.retry', { name: one.name })} onClick={() => uploads.retry(one.key)}>
          <IconRefresh size={20} />
        </ActionIcon>
      )}
      <ActionIcon aria-label={t('files.remove', { name: one.name })} onClick={() => uploads.cancel(one.key)}>
        <IconX size={20} />
      </ActionIcon>
    </li>
  )
}
