// The files and cards of a post that is being changed: what it carries already, and what is added.
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { FileView, Id } from '../../api/types'
import { CardButton } from '../../cards/CardButton'
import { CardTray } from '../../cards/CardTray'
import { AttachButton } from '../../files/AttachButton'
import { FileIcon } from '../../files/FileIcon'
import { MOST_FILES } from '../../files/uploads'
import { UploadTray } from '../../files/UploadTray'
import tray from '../../files/UploadTray.module.css'
import { useUploads } from '../../files/useUploads'
import { contentOf, sizeText } from '../../files/words'
import { useT } from '../../i18n/i18n'
import type { Composer } from '../../ui/useComposer'
import classes from './PostVersions.module.css'

interface Props {
  person: Id
  place: string
  composer: Composer
  kept: readonly FileView[]
  onKeep: (files: FileView[]) => void
}

export function EditCarried({ person, place, composer, kept, onKeep }: Props) {
  const t = useT()
  const chosen = useUploads(place)
  return (
    <div className={classes.carried} {...chosen.taking}>
      {kept.length > 0 && (
        <ul className={tray.tray} aria-label={t('versions.files')}>
          {kept.map((one) => (
            <li key={one.id} className={tray.row} data-file={one.id}>
              <span className={tray.mark}>
                {one.kind === 'picture' ? <img src={contentOf(one, 'thumb')} alt="" className={tray.thumb} /> : <FileIcon kind={one.kind} />}
              </span>
              <span className={tray.words}>
                <span className={tray.name}>{one.name}</span>
                <span className={tray.state}>{sizeText(one.size)}</span>
              </span>
              <ActionIcon aria-label={t('files.remove', { name: one.name })} onClick={() => onKeep(kept.filter(({ id }) => id !== one.id))}>
                <IconX size={20} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <UploadTray list={chosen.list} />
      <CardTray person={person} place={place} composer={composer} />
      <div className={classes.tools}>
        <AttachButton onChoose={chosen.add} disabled={kept.length + chosen.list.length >= MOST_FILES} />
        <CardButton person={person} place={place} />
      </div>
    </div>
  )
}
