// Short sentences at the edge of the screen that pass by themselves: `toast('…')` from anywhere.
import { CloseButton } from '@mantine/core'
import { Signal, useSignal } from '../live/emitter'
import { useT } from '../i18n/i18n'
import classes from './toasts.module.css'

interface Toast {
  id: number
  text: string
  tone: 'plain' | 'good' | 'bad'
  action?: { label: string; run: () => void } | undefined
  about?: string | undefined
}
const toasts = new Signal<readonly Toast[]>([])
let last = 0

function close(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id))
}

/** What was said `about` the same thing before is said no longer. */
export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'action' | 'about'>> = {}): void {
  const id = ++last
  const { tone = 'plain', action, about } = options
  const others = toasts.get().filter((t) => t.text !== text && (about === undefined || t.about !== about))
  toasts.set([...others.slice(-2), { id, text, tone, action, about }])
  setTimeout(() => close(id), action || tone === 'bad' ? 8_000 : 4_000)
}

export function Toasts() {
  const t = useT()
  const shown = useSignal(toasts)
  return (
    <div className={classes.stack} role="status" aria-live="polite">
      {shown.map(({ id, text, tone, action }) => (
        <div key={id} className={classes.toast} data-tone={tone}>
          <span className={classes.text}>{text}</span>
          {action && (
            <button
              type="button"
              className={classes.action}
              onClick={() => {
                close(id)
                action.run()
              }}
            >
              {action.label}
            </button>
          )}
          <CloseButton variant="transparent" c="inherit" aria-label={t('ui.close')} onClick={() => close(id)} />
        </div>
      ))}
    </div>
  )
}
