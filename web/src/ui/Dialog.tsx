// A dialog: whole screen on phones where there is much to do, a card at desks. Its head is no landmark, so that one may
// stand above another.
import { CloseButton, Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useT } from '../i18n/i18n'
import classes from './Dialog.module.css'
import { useFocusBack } from './useFocusBack'

interface Props {
  opened?: boolean
  title: string
  onClose: () => void
  /** Fills a phone's screen. */
  tall?: boolean
  size?: number | string
  /** Stands over another dialog, and takes its Escape. */
  above?: boolean
  children: ReactNode
}

export function Dialog({ opened = true, title, onClose, tall = false, size = 'md', above = false, children }: Props) {
  const t = useT()
  useFocusBack(opened)
  const isPhone = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false })
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={size}
      zIndex={above ? 400 : 200}
      closeOnEscape={!above}
      centered
      fullScreen={tall && isPhone}
      lockScroll={false}
      radius={tall && isPhone ? 0 : 'lg'}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={title}>
        <div className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          <CloseButton
            aria-label={t('ui.close')}
            onClick={onClose}
            data-mantine-stop-propagation={above || undefined}
          />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
