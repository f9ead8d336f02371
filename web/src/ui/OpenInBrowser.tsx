// Inside WeChat: a line that leads out, and a picture of where to press (W32). Nothing anywhere else.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useT } from '../i18n/i18n'
import { onEscape } from './escape'
import classes from './OpenInBrowser.module.css'
import { isWeChat } from './wechat'

// Kept when the page behind it becomes another one.
const kept = { shown: false }

export function OpenInBrowser() {
  const t = useT()
  const [shown, setShown] = useState(kept.shown)
  if (!isWeChat) return null
  const show = (is: boolean): void => {
    kept.shown = is
    setShown(is)
  }
  const close = (): void => show(false)
  return (
    <>
      <button type="button" className={classes.line} onClick={() => show(true)}>
        <span>{t('wechat.line')}</span>
        <strong>{t('wechat.open')}</strong>
      </button>
      {shown && (
        <div className={classes.hint} role="dialog" aria-modal="true" aria-label={t('wechat.open')} onKeyDown={onEscape(close)}>
          <svg className={classes.arrow} viewBox="0 0 96 96" width="96" height="96" aria-hidden>
            <path d="M8 88 C 20 44, 44 24, 82 14" fill="none" stroke="currentColor" strokeWidth="5" strokeLinecap="round" />
            <path d="M60 10 L 84 13 L 72 34" fill="none" stroke="currentColor" strokeWidth="5" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
          <ol className={classes.steps}>
            <li>
              {t('wechat.step_menu')} <span className={classes.dots} aria-hidden>•••</span>
            </li>
            <li>{t('wechat.step_browser')}</li>
          </ol>
          <Button variant="white" onClick={close} autoFocus>
            {t('ui.close')}
          </Button>
        </div>
      )}
    </>
  )
}
