// Somebody changed it meanwhile, or I did on another device: what it says now, beside what stands in the fields.
import { Alert } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { listed } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { Changed } from './Changed'

export interface Meanwhile {
  version: number
  was: string
  now: string
  was_files: string[]
  now_files: string[]
}

export function Theirs({ meanwhile: { version, was, now, was_files, now_files } }: { meanwhile: Meanwhile }) {
  const t = useT()
  const files = was_files.join() !== now_files.join()
  return (
    <Alert color="yellow" role="status" mt="md" icon={<IconGitMerge size={18} />} title={t('versions.meanwhile', { version })}>
      <Changed was={was} now={now} />
      {files && <p>{t('versions.now_files', { names: listed(now_files) || t('versions.none') })}</p>}
      <p>{t('versions.save_wins')}</p>
    </Alert>
  )
}
