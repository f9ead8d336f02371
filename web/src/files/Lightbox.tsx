// Pictures large: arrow keys, swipes or buttons turn the page, Esc closes.
import { ActionIcon, Modal } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { FileView } from '../api/types'
import { useT } from '../i18n/i18n'
import classes from './Lightbox.module.css'
import { contentOf, downloadOf } from './words'

const SWIPE = 48

interface Props {
  pictures: readonly FileView[]
  at: number
  onMove: (at: number) => void
  onClose: () => void
}

export default function Lightbox({ pictures, at, onMove, onClose }: Props) {
  const t = useT()
  const from = useRef<number | null>(null)
  const file = pictures[at]
  const turn = (by: number): void => {
    if (pictures[at + by]) onMove(at + by)
  }
  // Wherever the focus is: nothing else stands above a picture.
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') turn(-1)
    if (event.key === 'ArrowRight') turn(1)
  })
  useEffect(() => {
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  if (!file) return null
  return (
    <Modal.Root opened onClose={onClose} fullScreen lockScroll={false} radius={0} transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label={t('files.picture')} className={classes.box}>
        <div className={classes.head}>
          <span className={classes.name}>{file.name}</span>
          <span className={classes.count} role="status">
            {pictures.length > 1 ? t('files.of', { at: at + 1, most: pictures.length }) : ''}
          </span>
          <ActionIcon
            component="a"
            href={downloadOf(file)}
            className={classes.button}
            aria-label={t('files.download', { name: file.name })}
          >
            <IconDownload size={22} />
          </ActionIcon>
          <ActionIcon className={classes.button} aria-label={t('ui.close')} data-autofocus onClick={onClose}>
            <IconX size={22} />
          </ActionIcon>
        </div>
        <div
          className={classes.stage}
          onPointerDown={(event) => {
            from.current = event.clientX
          }}
          onPointerUp={(event) => {
            const by = event.clientX - (from.current ?? event.clientX)
            from.current = null
            if (Math.abs(by) > SWIPE) turn(by < 0 ? 1 : -1)
          }}
        >
          <img key={file.id} src={contentOf(file, 'large')} alt={file.name} className={classes.picture} draggable={false} />
        </div>
        {pictures.length > 1 && (
          <div className={classes.foot}>
            <ActionIcon className={classes.button} aria-label={t('files.previous')} disabled={at === 0} onClick={() => turn(-1)}>
              <IconChevronLeft size={26} />
            </ActionIcon>
            <ActionIcon
              className={classes.button}
              aria-label={t('files.next')}
              disabled={at === pictures.length - 1}
              onClick={() => turn(1)}
            >
              <IconChevronRight size={26} />
            </ActionIcon>
          </div>
        )}
      </Modal.Content>
    </Modal.Root>
  )
}
