// Files of a record: those that are there, those on their way, and the clip. What is ready is part of the value at once.
import { ActionIcon, Input } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { newId } from '../../api/ids'
import type { FileView } from '../../api/types'
import { AttachButton } from '../../files/AttachButton'
import { FileIcon } from '../../files/FileIcon'
import { UploadTray } from '../../files/UploadTray'
import { uploads } from '../../files/uploads'
import { useUploads } from '../../files/useUploads'
import { sizeText } from '../../files/words'
import { useT } from '../../i18n/i18n'
import classes from './Inputs.module.css'

interface Props {
  label: string
  name: string
  value: readonly FileView[]
  onChange: (value: FileView[]) => void
  error?: string | undefined
}

const MOST = 20

export function FilesInput({ label, name, value, onChange, error }: Props) {
  const t = useT()
  const [place] = useState(() => `record.files.${newId()}`)
  const chosen = useUploads(place)
  useEffect(() => {
    const ready = chosen.list.flatMap((one) => (one.state === 'ready' && one.file ? [{ key: one.key, file: one.file }] : []))
    if (ready.length === 0) return
    onChange([...value, ...ready.map((one) => one.file)])
    for (const one of ready) uploads.forget(one.key)
  }, [chosen.list, value, onChange])
  return (
    <Input.Wrapper label={label} error={error} labelElement="div">
      <div className={classes.files} data-input={name} role="group" aria-label={label} {...chosen.taking}>
        {value.length > 0 && (
          <ul className={classes.held}>
            {value.map((file) => (
              <li key={file.id} className={classes.file} data-file={file.id}>
                <FileIcon kind={file.kind} />
                <span className={classes.fileName}>{file.name}</span>
                <span className={classes.fileSize}>{sizeText(file.size)}</span>
                <ActionIcon aria-label={t('crm.file_remove', { name: file.name })} onClick={() => onChange(value.filter((one) => one.id !== file.id))}>
                  <IconX size={18} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        <UploadTray list={chosen.list} />
        <div>
          <AttachButton words={t('crm.file_add')} onChoose={chosen.add} disabled={value.length + chosen.list.length >= MOST} />
        </div>
      </div>
    </Input.Wrapper>
  )
}
