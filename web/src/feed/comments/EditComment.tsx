// Changing my comment in its place. Mentions stand in their stored form as people see them.
import { Button, Group } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { api } from '../../api/client'
import { asProblem } from '../../api/problem'
import type { Comment, WrittenComment } from '../../api/types'
import { useT } from '../../i18n/i18n'
import { applyAnswer, putChange } from '../../live/answers'
import { useMyId } from '../../live/bootstrap'
import { nameSearch } from '../../live/lookup'
import { fromMarkdown } from '../../ui/composing'
import { drafts } from '../../ui/drafts'
import { onEscape } from '../../ui/escape'
import { MentionTextarea } from '../../ui/MentionTextarea'
import { ProblemText } from '../../ui/ProblemText'
import { useAct } from '../../ui/useAct'
import { useComposer } from '../../ui/useComposer'
import { changing } from './changing'
import { noteLeftOut } from './written'

export function EditComment({ comment }: { comment: Comment }) {
  const t = useT()
  const me = useMyId()
  const place = `comment.edit.${comment.id}`
  const composer = useComposer(me, place)
  const search = useMemo(() => nameSearch({ departments: true, without: [me] }), [me])
  const act = useAct()
  const began = useRef(false)
  const version = useRef(comment.version)
  useEffect(() => {
    if (began.current) return
    began.current = true
    if (!composer.isEmpty) return // typed before, and not saved
    const { text, mentioned } = fromMarkdown(comment.text)
    composer.restore(text, mentioned)
  }, [composer, comment.text])
  const end = (): void => {
    composer.clear()
    drafts.write(me, place, { text: '', mentioned: [] })
    changing.set(null)
  }
  const carries = Boolean(comment.files?.length || comment.cards?.length)
  const save = (): void => {
    void act.run(async () => {
      try {
        const body = { version: version.current, text: composer.markdown() }
        const answer = await api.patch<WrittenComment>(`/comments/${comment.id}`, body)
        const { not_notified: left, ...changed } = answer.data
        applyAnswer(answer.seq, [putChange('comment', comment.id, changed)])
        noteLeftOut(comment.id, left)
        end()
      } catch (error) {
        if (asProblem(error).problem.code === 'stale_version') version.current = comment.version
        throw error
      }
    })
  }
  return (
    <div onKeyDown={onEscape(end)} role="group" aria-label={t('comments.edit_label')}>
      <MentionTextarea
        composer={composer}
        search={search}
        label={t('comments.edit_label')}
        sendOn="mod+enter"
        onSend={save}
        mayBeEmpty={carries}
        minRows={2}
        autoFocus
      />
      <ProblemText error={act.error} />
      <Group justify="flex-end" gap="xs" my={6}>
        <Button variant="default" onClick={end}>
          {t('ui.cancel')}
        </Button>
        <Button loading={act.busy} disabled={composer.isEmpty && !carries} onClick={save}>
          {t('comments.save')}
        </Button>
      </Group>
    </div>
  )
}
