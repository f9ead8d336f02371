// Asks once before something is taken away; the words say what will happen.
import { Button, Group, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useT } from '../i18n/i18n'
import { Dialog } from './Dialog'
import { ProblemText } from './ProblemText'

interface Props {
  opened: boolean
  title: string
  children: ReactNode
  confirm: string
  danger?: boolean
  onConfirm: () => void | Promise<void>
  onClose: () => void
}

export function ConfirmDialog({ opened, title, children, confirm, danger = true, onConfirm, onClose }: Props) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await onConfirm()
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Text component="div" mb="md">
        {children}
      </Text>
      <ProblemText error={error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button color={danger ? 'red.9' : undefined} loading={busy} onClick={() => void run()} data-autofocus>
          {confirm}
        </Button>
      </Group>
    </Dialog>
  )
}
