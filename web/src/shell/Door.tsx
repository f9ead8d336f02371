// The frame of the pages outside of the shell (sign-in, invitation): brand, one card, language switch.
import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Language } from '../api/types'
import { chooseLanguage, languageNames, languages, useLanguage, useT } from '../i18n/i18n'
import { OpenInBrowser } from '../ui/OpenInBrowser'
import { Brand } from './Brand'
import classes from './Door.module.css'

export function Door({ title, children }: { title: ReactNode; children: ReactNode }) {
  const t = useT()
  const language = useLanguage()
  return (
    <main className={classes.door}>
      <OpenInBrowser />
      <div className={classes.card}>
        <Brand />
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
      <SegmentedControl
        aria-label={t('me.language')}
        value={language}
        onChange={(value) => void chooseLanguage(value as Language)}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
    </main>
  )
}
