// The line that one writes about oneself; colleagues read it on one's card.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { fieldText, problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import classes from './AboutField.module.css'

const MOST = 100

export function AboutField({ person }: { person: Person }) {
  const t = useT()
  const [written, setWritten] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const text = written ?? person.about
  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      const answer = await api.put<Person>('/me/about', { about: text })
      applyAnswer(answer.seq, [putChange('person', person.id, answer.data)])
      setWritten(null)
      toast(t('people.about_saved'), { tone: 'good' })
    } catch (error) {
      const field = asProblem(error).field('about')
      setProblem(field ? fieldText(field) : problemText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className={classes.about}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextInput
        className={classes.text}
        label={t('people.about')}
        placeholder={t('people.about_example')}
        value={text}
        maxLength={MOST}
        error={problem || undefined}
        onChange={(event) => setWritten(event.currentTarget.value)}
      />
      {written !== null && written.trim() !== person.about && (
        <Button type="submit" loading={busy}>
          {t('people.save')}
        </Button>
      )}
    </form>
  )
}
