// The administration's official topics (FEED-06): made, renamed, retired and offered again.
import { Badge, TextInput } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconHash, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { carryOut, LibraryPage } from '../admin/LibraryPage'
import { api } from '../api/client'
import type { OfficialTopicView } from '../api/generated'
import { newId } from '../api/ids'
import type { List } from '../api/types'
import { addressOfTopic } from '../feed/topic/address'
import { listed } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { applyAnswer, applyList, putChange } from '../live/answers'
import { useSelector } from '../live/hooks'
import type { Store } from '../live/store'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
import { MenuButton } from '../ui/MenuButton'
import { ProblemText } from '../ui/ProblemText'
import { useAct } from '../ui/useAct'
import classes from './Topics.module.css'

const MOST_NAME = 30

/** Those that are offered first, by name. */
function all(store: Store): OfficialTopicView[] {
  return store.all('topic').sort((a, b) => Number(a.retired_at !== null) - Number(b.retired_at !== null) || a.name.localeCompare(b.name, 'zh-Hans'))
}

export default function TopicsPage() {
  const t = useT()
  const asked = useQuery({
    queryKey: ['topics', 'official'],
    queryFn: async ({ signal }) => applyList('topic', await api.get<List<OfficialTopicView>>('/topics/official', { signal })),
  })
  const topics = useSelector(['topic'], all)
  const [editing, setEditing] = useState<OfficialTopicView | 'new' | null>(null)
  return (
    <LibraryPage
      title={t('topics.section')}
      icon={IconHash}
      add={t('topics.add')}
      onAdd={() => setEditing('new')}
      none={{ title: t('topics.none'), text: t('topics.none_text') }}
      about={t('topics.note')}
      isPending={asked.isPending}
      error={asked.error}
      rows={topics.map((topic) => (
        <Topic key={topic.id} topic={topic} onRename={() => setEditing(topic)} />
      ))}
    >
      {editing && <NameDialog topic={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </LibraryPage>
  )
}

function Topic({ topic, onRename }: { topic: OfficialTopicView; onRename: () => void }) {
  const t = useT()
  const isRetired = topic.retired_at !== null
  const own = topic.name.normalize('NFKC').toLowerCase()
  const before = topic.keys.filter((key) => key !== own)
  const move = (): void =>
    void carryOut(async () => {
      const path = `/topics/${topic.id}/retirement`
      const answer = isRetired ? await api.delete<OfficialTopicView>(path) : await api.put<OfficialTopicView>(path, {})
      applyAnswer(answer.seq, [putChange('topic', topic.id, answer.data)])
    })
  return (
    <li className={classes.topic} data-official={topic.id} data-retired={isRetired || undefined}>
      <span className={classes.words}>
        <Link href={addressOfTopic(topic.name)} className={classes.name}>
          #{topic.name}#
        </Link>
        {isRetired && <Badge variant="default">{t('topics.retired')}</Badge>}
        {before.length > 0 && <span className={classes.before}>{t('topics.before', { names: listed(before) })}</span>}
      </span>
      <MenuButton
        label={t('topics.more', { name: topic.name })}
        choices={[
          { icon: IconPencil, label: t('topics.rename'), onChoose: onRename },
          { icon: isRetired ? IconArchiveOff : IconArchive, label: t(isRetired ? 'topics.restore' : 'topics.retire'), onChoose: move },
        ]}
      />
    </li>
  )
}

/** Null: a new one. */
function NameDialog({ topic, onClose }: { topic: OfficialTopicView | null; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const [name, setName] = useState(topic?.name ?? '')
  const [key] = useState(newId)
  const save = async (): Promise<void> => {
    const done = await act.run(async () => {
      const answer = topic
        ? await api.patch<OfficialTopicView>(`/topics/${topic.id}`, { version: topic.version, name })
        : await api.post<OfficialTopicView>('/topics', { name }, { key })
      applyAnswer(answer.seq, [putChange('topic', answer.data.id, answer.data)])
    })
    if (done) onClose()
  }
  return (
    <Dialog title={topic ? t('topics.rename_title', { name: topic.name }) : t('topics.add_title')} onClose={onClose}>
      <DialogForm
        onSubmit={save}
        onCancel={onClose}
        submit={t('topics.save')}
        busy={act.busy}
        disabled={name.trim() === '' || name === topic?.name}
      >
        <TextInput
          label={t('topics.name')}
          value={name}
          maxLength={MOST_NAME}
          leftSection={<IconHash size={18} aria-hidden />}
          onChange={(event) => setName(event.currentTarget.value)}
          error={act.of('name')}
          data-autofocus
        />
        <ProblemText error={act.rest(['name'])} />
      </DialogForm>
    </Dialog>
  )
}
