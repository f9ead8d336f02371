// A dialog: whole screen on phones where there is much to do, a card at desks. Its head is no landmark, so that one may
// stand above another.
import { CloseButton, Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useT } from '../i18n/i18n'
import classes from './Dialog.module.css'

interface Props {
  opened?: boolean
  title: string
  onClose: () => void
  /** Fills a phone's screen. */
  tall?: boolean
  size?: number | string
  children: ReactNode
}

export function Dialog({ opened = true, title, onClose, tall = false, size = 'md', children }: Props) {
  const t = useT()
  const isPhone = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false })
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={size}
      centered
      fullScreen={tall && isPhone}
      lockScroll={false}
      radius={tall && isPhone ? 0 : 'lg'}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={title}>
        <div className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          <CloseButton aria-label={t('ui.close')} onClick={onClose} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
