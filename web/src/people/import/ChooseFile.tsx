// Step one: the file, by tap or drag, with what it should look like and a sample to begin with.
import { Alert, Button } from '@mantine/core'
import { IconDownload, IconFileSpreadsheet } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useLanguage, useT } from '../../i18n/i18n'
import { saveFile } from '../../ui/download'
import { ProblemText } from '../../ui/ProblemText'
import classes from './Import.module.css'
import { isWeChat } from '../../ui/wechat'
import { sampleList } from './sample'
import { MOST_BYTES } from './useImport'
import { importError } from './words'

const columns = ['name', 'phone', 'email', 'staff_number', 'department', 'title', 'manager', 'heads', 'kind'] as const

interface Props {
  onChoose: (file: File) => void
  error: unknown
}

export function ChooseFile({ onChoose, error }: Props) {
  const t = useT()
  const language = useLanguage()
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)
  const take = (file: File | undefined | null): void => {
    if (!file) return
    setTooLarge(file.size > MOST_BYTES)
    if (file.size <= MOST_BYTES) onChoose(file)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  const sample = (): void => {
    const { name, text } = sampleList(language)
    saveFile(name, text)
  }
  return (
    <section className={classes.card}>
      <label
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          type="file"
          className="tf-hidden"
          accept=".csv,.xlsx,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
        <IconFileSpreadsheet size={44} stroke={1.4} aria-hidden />
        <strong>{t('people.choose_file')}</strong>
        <span>{t('people.choose_file_text')}</span>
      </label>
      {tooLarge && (
        <Alert color="red" role="alert" variant="light" mb="md">
          {importError('file_too_large', { limit_mb: MOST_BYTES / 1024 / 1024 }, '')}
        </Alert>
      )}
      <ProblemText error={error} />
      <p className={classes.text}>{t('people.columns_text')}</p>
      <ul className={classes.columns} aria-label={t('people.columns')}>
        {columns.map((column) => (
          <li key={column} data-needed={column === 'name' || undefined}>
            {t(`people.column_${column}`)}
          </li>
        ))}
      </ul>
      <div className={classes.acts}>
        {!isWeChat && (
          <Button variant="default" leftSection={<IconDownload size={18} />} onClick={sample}>
            {t('people.sample')}
          </Button>
        )}
        <span className={classes.text}>{t('people.dry_run_first')}</span>
      </div>
    </section>
  )
}
