// Correcting my log: what was filled in under what was asked then, and what stands besides.
import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { asProblem } from '../api/problem'
import type { Post } from '../api/types'
import { logOf } from '../feed/kinds/log/LogBody'
import { say, useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { Dialog } from '../ui/Dialog'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import { FieldInputs } from './FieldInputs'
import classes from './Worklog.module.css'

export default function EditLog({ post, onClose }: { post: Post; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const log = logOf(post)
  const [version, setVersion] = useState(post.version)
  const [remark, setRemark] = useState(log?.remark ?? '')
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries((log?.fields ?? []).map((one) => [one.key, one.value])),
  )
  if (!log) return null
  const wrong = act.error ? asProblem(act.error).problem.errors?.find((one) => one.field.startsWith('values.')) : undefined
  const save = (): void => {
    void act.run(async () => {
      try {
        const answer = await api.put<Post>(`/posts/${post.id}/log`, { version, values, text: remark })
        applyAnswer(answer.seq, [putChange('post', post.id, answer.data)])
        toast(say('feed.changed'), { tone: 'good' })
        onClose()
      } catch (error) {
        if (asProblem(error).code === 'stale_version') setVersion(post.version)
        throw error
      }
    })
  }
  return (
    <Dialog title={post.title ?? t('feed.edit_post')} onClose={onClose} size={640} tall>
      <div className={classes.form}>
        <FieldInputs fields={log.fields} values={values} onChange={setValues} error={wrong} at="values" />
        <Textarea
          label={t('kinds.log_text')}
          autosize
          minRows={2}
          maxRows={8}
          value={remark}
          onChange={(event) => setRemark(event.currentTarget.value)}
        />
        <ProblemText error={wrong ? null : act.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button loading={act.busy} onClick={save}>
            {t('feed.save')}
          </Button>
        </Group>
      </div>
    </Dialog>
  )
}
