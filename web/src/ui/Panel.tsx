// A panel at the side of a desk, the whole screen of a phone. Its head is no landmark (as in Dialog); Esc closes only the
// uppermost of what is open.
import { CloseButton, Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useT } from '../i18n/i18n'
import { onEscape } from './escape'
import classes from './Panel.module.css'
import { useFocusBack } from './useFocusBack'

interface Props {
  opened?: boolean
  title: string
  onClose: () => void
  /** Width at a desk. */
  width: number
  /** From below, as phones do with writing. */
  rises?: boolean
  /** The children arrange themselves, with their own scrolling part. */
  bare?: boolean
  children: ReactNode
}

export function Panel({ opened = true, title, onClose, width, rises = false, bare = false, children }: Props) {
  const t = useT()
  useFocusBack(opened)
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position={rises ? 'bottom' : 'right'}
      size={rises ? '100%' : `min(100vw, ${width}px)`}
      lockScroll={false}
      closeOnEscape={false}
      onKeyDown={onEscape(onClose)}
    >
      <Drawer.Overlay />
      {/* className would reach the element around the content too. */}
      <Drawer.Content aria-label={title} classNames={{ content: classes.content ?? '' }}>
        <div className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          <CloseButton aria-label={t('ui.close')} onClick={onClose} />
        </div>
        <Drawer.Body className={classes.body} data-bare={bare || undefined}>
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
