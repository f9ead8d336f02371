// The administration's stickers (FEED-02): pictures with names, put into order, retired and offered again.
import { Badge, TextInput } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconArrowDown, IconArrowUp, IconMoodSmile, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { carryOut, LibraryPage, moved } from '../admin/LibraryPage'
import { api } from '../api/client'
import type { StickerView } from '../api/generated'
import type { List } from '../api/types'
import { pictureOf, useStickers } from '../emoji/stickers'
import { useT } from '../i18n/i18n'
import { applyAnswer, applyList, putChange } from '../live/answers'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
import { MenuButton } from '../ui/MenuButton'
import { ProblemText } from '../ui/ProblemText'
import { useAct } from '../ui/useAct'
import { NewSticker } from './NewSticker'
import { MOST_NAME } from './shrink'
import classes from './Stickers.module.css'

export default function StickersPage() {
  const t = useT()
  const { all, offered, error, isPending } = useStickers()
  const [adding, setAdding] = useState(false)
  const [renaming, setRenaming] = useState<StickerView | null>(null)
  const move = (at: number, by: number): void => {
    const stickers = moved(offered.map((one) => one.id), at, by)
    void carryOut(async () => void applyList('sticker', await api.put<List<StickerView>>('/stickers/order', { stickers })))
  }
  const retire = (one: StickerView): void =>
    void carryOut(async () => {
      const path = `/stickers/${one.id}/retirement`
      const answer = one.retired_at ? await api.delete<StickerView>(path) : await api.put<StickerView>(path, {})
      applyAnswer(answer.seq, [putChange('sticker', one.id, answer.data)])
    })
  return (
    <LibraryPage
      title={t('stickers.section')}
      icon={IconMoodSmile}
      add={t('stickers.add')}
      onAdd={() => setAdding(true)}
      none={{ title: t('stickers.none'), text: t('stickers.none_text') }}
      about={t('stickers.about')}
      isPending={isPending}
      error={error}
      tiles
      rows={all.map((one, at) => (
        <li key={one.id} className={classes.sticker} data-kept-sticker={one.id} data-retired={one.retired_at !== null || undefined}>
          <img src={pictureOf(one)} alt="" width={64} height={64} loading="lazy" className={classes.picture} />
          <span className={classes.name}>{one.name}</span>
          {one.retired_at !== null && <Badge variant="default">{t('stickers.retired')}</Badge>}
          <MenuButton
            label={t('stickers.more', { name: one.name })}
            choices={[
              { icon: IconPencil, label: t('stickers.rename'), onChoose: () => setRenaming(one) },
              one.retired_at === null && at > 0 && { icon: IconArrowUp, label: t('stickers.up'), onChoose: () => move(at, -1) },
              one.retired_at === null && at < offered.length - 1 && { icon: IconArrowDown, label: t('stickers.down'), onChoose: () => move(at, 1) },
              { icon: one.retired_at ? IconArchiveOff : IconArchive, label: t(one.retired_at ? 'stickers.restore' : 'stickers.retire'), onChoose: () => retire(one) },
            ]}
          />
        </li>
      ))}
    >
      {adding && <NewSticker onClose={() => setAdding(false)} />}
      {renaming && <Rename sticker={renaming} onClose={() => setRenaming(null)} />}
    </LibraryPage>
  )
}

function Rename({ sticker, onClose }: { sticker: StickerView; onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const [name, setName] = useState(sticker.name)
  const save = async (): Promise<void> => {
    const done = await act.run(async () => {
      const answer = await api.patch<StickerView>(`/stickers/${sticker.id}`, { version: sticker.version, name })
      applyAnswer(answer.seq, [putChange('sticker', sticker.id, answer.data)])
    })
    if (done) onClose()
  }
  return (
    <Dialog title={t('stickers.rename')} onClose={onClose}>
      <DialogForm
        onSubmit={save}
        onCancel={onClose}
        submit={t('ui.save')}
        busy={act.busy}
        disabled={name.trim() === '' || name === sticker.name}
      >
        <TextInput
          label={t('stickers.name')}
          value={name}
          maxLength={MOST_NAME}
          onChange={(event) => setName(event.currentTarget.value)}
          error={act.of('name')}
          data-autofocus
        />
        <ProblemText error={act.rest(['name'])} />
      </DialogForm>
    </Dialog>
  )
}
