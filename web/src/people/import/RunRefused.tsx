// The whole file was refused: why, in words, and nothing happened.
import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useT } from '../../i18n/i18n'
import type { Run } from './runs'
import { importError } from './words'

export function RunRefused({ run }: { run: Run }) {
  const t = useT()
  const { problem } = run
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle size={20} />}
      title={t('people.file_refused', { file: run.file_name })}
    >
      {problem ? importError(problem.code, problem.params, problem.detail) : t('problem.unexpected')}
    </Alert>
  )
}
