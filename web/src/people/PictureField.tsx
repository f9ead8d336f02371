// A person's picture with the ways to change it: one's own, or as an administrator anybody's.
import { Alert, Button, FileButton } from '@mantine/core'
import { IconPhoto, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Person } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { Avatar } from '../ui/Avatar'
import { ProblemText } from '../ui/ProblemText'
import classes from './PictureField.module.css'

const MOST_BYTES = 8 * 1024 * 1024

export function PictureField({ person }: { person: Person }) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [tooLarge, setTooLarge] = useState(false)
  const reset = useRef<() => void>(null)
  const run = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await act()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
      reset.current?.()
    }
  }
  const upload = (file: File | null): void => {
    if (!file) return
    setTooLarge(file.size > MOST_BYTES)
    if (file.size > MOST_BYTES) return
    void run(async () => {
      const form = new FormData()
      form.append('file', file, file.name)
      const answer = await api.put<Person>(`/people/${person.id}/picture`, form, { timeout: 60_000 })
      applyAnswer(answer.seq, [putChange('person', person.id, answer.data)])
    })
  }
  const takeAway = (): void =>
    void run(async () => {
      await api.delete(`/people/${person.id}/picture`)
    })
  const noPicture = error !== null && asProblem(error).problem.errors?.some((one) => one.code === 'wrong_kind')
  return (
    <div className={classes.field}>
      <Avatar id={person.id} name={person.name} size={72} />
      <div className={classes.acts}>
        <FileButton resetRef={reset} accept="image/jpeg,image/png,image/webp,image/heic,image/heif,.heic" onChange={upload}>
          {(props) => (
            <Button {...props} variant="default" loading={busy} leftSection={<IconPhoto size={18} />}>
              {t(person.picture ? 'people.other_picture' : 'people.add_picture')}
            </Button>
          )}
        </FileButton>
        {person.picture && (
          <Button variant="subtle" color="gray" disabled={busy} leftSection={<IconTrash size={18} />} onClick={takeAway}>
            {t('people.no_picture')}
          </Button>
        )}
      </div>
      <div className={classes.problem}>
        {tooLarge || noPicture ? (
          <Alert color="red" role="alert" variant="light">
            {t(tooLarge ? 'people.picture_too_large' : 'people.no_such_picture')}
          </Alert>
        ) : (
          <ProblemText error={error} />
        )}
      </div>
    </div>
  )
}
