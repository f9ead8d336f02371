// What hangs on a post or a message: pictures as a grid that opens large, sound and film to play, everything else as rows
// (documents open in the page).
import { ActionIcon } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { FileView } from '../api/types'
import { useT } from '../i18n/i18n'
import classes from './Attachments.module.css'
import { FileIcon } from './FileIcon'
import { Opened } from './Opened'
import { contentOf, downloadOf, hasPreview, sizeText } from './words'

const Lightbox = lazy(() => import('./Lightbox'))

interface Props {
  files: readonly FileView[] | undefined
  /** Stands at the right: one's own message. */
  atEnd?: boolean
}

export function Attachments({ files, atEnd = false }: Props) {
  const [shown, setShown] = useState<number | null>(null)
  if (!files || files.length === 0) return null
  const pictures = files.filter((file) => file.kind === 'picture')
  return (
    <div className={classes.all} data-end={atEnd || undefined}>
      {pictures.length > 0 && <Grid pictures={pictures} onOpen={setShown} />}
      {files.map((file) => {
        if (file.kind === 'picture') return null
        if (file.kind === 'video' || file.kind === 'audio') return <Player key={file.id} file={file} />
        return <FileRow key={file.id} file={file} />
      })}
      {shown !== null && (
        <Suspense>
          <Lightbox pictures={pictures} at={shown} onMove={setShown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </div>
  )
}

function Grid({ pictures, onOpen }: { pictures: readonly FileView[]; onOpen: (at: number) => void }) {
  const t = useT()
  const alone = pictures.length === 1 ? pictures[0] : undefined
  return (
    <div className={classes.grid} data-count={Math.min(pictures.length, 3)}>
      {pictures.map((file, at) => (
        <button
          key={file.id}
          type="button"
          className={classes.tile}
          aria-label={t('files.open_picture', { name: file.name })}
          onClick={() => onOpen(at)}
        >
          <img
            src={contentOf(file, alone ? 'large' : 'thumb')}
            alt={file.name}
            // The room is kept before the picture is there, so that nothing jumps.
            width={alone?.width ?? undefined}
            height={alone?.height ?? undefined}
            loading="lazy"
            decoding="async"
            draggable={false}
          />
        </button>
      ))}
    </div>
  )
}

function Player({ file }: { file: FileView }) {
  const t = useT()
  const label = t(file.kind === 'video' ? 'files.video' : 'files.audio', { name: file.name })
  return (
    <div className={classes.player}>
      {file.kind === 'video' ? (
        <video src={contentOf(file)} controls preload="metadata" playsInline aria-label={label} />
      ) : (
        <audio src={contentOf(file)} controls preload="none" aria-label={label} />
      )}
      <FileRow file={file} />
    </div>
  )
}

function FileRow({ file }: { file: FileView }) {
  const t = useT()
  const [isRead, setRead] = useState(false)
  const words = (
    <>
      {/* What a press does, then what is seen: together the name. */}
      <span className="tf-hidden">{`${t(hasPreview(file) ? 'files.read' : 'files.save')} `}</span>
      <span className={classes.mark}>
        <FileIcon kind={file.kind} />
      </span>
      <span className={classes.words}>
        <span className={classes.name}>{file.name}</span>
        <span className={classes.size}>{sizeText(file.size)}</span>
      </span>
    </>
  )
  if (!hasPreview(file)) {
    return (
      <a className={classes.row} href={downloadOf(file)} rel="noreferrer">
        {words}
        <IconDownload size={20} className={classes.arrow} aria-hidden />
      </a>
    )
  }
  return (
    <div className={classes.pair}>
      <button type="button" className={classes.row} onClick={() => setRead(true)}>
        {words}
      </button>
      <ActionIcon component="a" href={downloadOf(file)} className={classes.save} aria-label={t('files.download', { name: file.name })}>
        <IconDownload size={20} />
      </ActionIcon>
      {isRead && <Opened file={file} onClose={() => setRead(false)} />}
    </div>
  )
}
