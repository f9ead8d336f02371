// A new sticker: a picture, made small here where it is a still one, and its name.
import { Button, FileButton, TextInput } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import type { StickerView } from '../api/generated'
import { newId } from '../api/ids'
import { UploadTray } from '../files/UploadTray'
import { uploads } from '../files/uploads'
import { useUploads } from '../files/useUploads'
import { say, useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { Dialog } from '../ui/Dialog'
import { DialogForm } from '../ui/DialogForm'
import { ProblemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'
import { useAct } from '../ui/useAct'
import { MOST_NAME, nameOf, shrunk } from './shrink'
import classes from './Stickers.module.css'

const PLACE = 'sticker'

export function NewSticker({ onClose }: { onClose: () => void }) {
  const t = useT()
  const act = useAct()
  const key = useRef(newId())
  const reset = useRef<() => void>(null)
  const [name, setName] = useState('')
  const { list } = useUploads(PLACE)
  const [one] = list
  const giveUp = (): void => {
    for (const each of uploads.at(PLACE)) uploads.cancel(each.key)
  }
  // What was chosen in an earlier dialog is not meant any more.
  useEffect(giveUp, [])
  const choose = async (file: File | null): Promise<void> => {
    reset.current?.()
    if (!file) return
    giveUp()
    if (name.trim() === '') setName(nameOf(file.name))
    uploads.add(PLACE, [await shrunk(file)])
  }
  const close = (): void => {
    giveUp()
    onClose()
  }
  const save = async (): Promise<void> => {
    const done = await act.run(async () => {
      try {
        const answer = await api.post<StickerView>('/stickers', { name, file: one?.file?.id }, { key: key.current })
        applyAnswer(answer.seq, [putChange('sticker', answer.data.id, answer.data)])
        for (const each of uploads.at(PLACE)) uploads.forget(each.key)
        toast(say('stickers.added'), { tone: 'good' })
      } catch (error) {
        key.current = newId()
        throw error
      }
    })
    if (done) onClose()
  }
  return (
    <Dialog title={t('stickers.add')} onClose={close}>
      <DialogForm
        onSubmit={save}
        onCancel={close}
        submit={t('ui.save')}
        busy={act.busy || (one !== undefined && one.state !== 'ready' && one.state !== 'failed')}
        disabled={!one?.file || name.trim() === ''}
      >
        <UploadTray list={list} />
        <FileButton resetRef={reset} accept="image/png,image/webp,image/gif,image/jpeg" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconPhoto size={18} />}>
              {t(one ? 'stickers.other_picture' : 'stickers.choose_picture')}
            </Button>
          )}
        </FileButton>
        <p className={classes.note}>{t('stickers.picture_explained')}</p>
        <TextInput
          label={t('stickers.name')}
          placeholder={t('stickers.name_placeholder')}
          value={name}
          maxLength={MOST_NAME}
          onChange={(event) => setName(event.currentTarget.value)}
          error={act.of('name')}
        />
        <ProblemText error={act.rest(['name'])} />
      </DialogForm>
    </Dialog>
  )
}
