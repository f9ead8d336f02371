// The paper clip: on phones the system offers camera, photos and files.
import { ActionIcon, Button } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useRef } from 'react'
import { useT } from '../i18n/i18n'

interface Props {
  onChoose: (files: File[]) => void
  disabled?: boolean
  /** Beside the clip, where it stands alone. */
  words?: string
  single?: boolean
}

export function AttachButton({ onChoose, disabled, words, single = false }: Props) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      {words ? (
        <Button variant="default" disabled={disabled} leftSection={<IconPaperclip size={20} />} onClick={() => input.current?.click()}>
          {words}
        </Button>
      ) : (
        <ActionIcon
          aria-label={t('files.attach')}
          title={t('files.attach')}
          disabled={disabled}
          onClick={() => input.current?.click()}
        >
          <IconPaperclip size={22} stroke={1.7} />
        </ActionIcon>
      )}
      <input
        ref={input}
        type="file"
        multiple={!single}
        hidden
        data-attach
        aria-label={t('files.attach')}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = '' // the same one may be chosen again
          if (files.length > 0) onChoose(files)
        }}
      />
    </>
  )
}
