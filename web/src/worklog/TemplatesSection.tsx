// Administration: what logs ask for. What was handed in stays as it was asked.
import { Button, Skeleton } from '@mantine/core'
import { IconNotebook, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { SectionPage } from '../admin/SectionPage'
import type { LogTemplateView } from '../api/generated'
import { listed } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { EmptyState } from '../ui/EmptyState'
import { ProblemText } from '../ui/ProblemText'
import { TemplateDialog } from './TemplateDialog'
import { useTemplates } from './templates'
import classes from './Worklog.module.css'

export default function TemplatesSection() {
  const t = useT()
  const { all, error, isPending } = useTemplates()
  const [open, setOpen] = useState<number | 'new' | null>(null)
  const shown = typeof open === 'number' ? all.find((one) => one.id === open) : undefined
  const add = (
    <Button leftSection={<IconPlus size={18} />} onClick={() => setOpen('new')}>
      {t('logs.new_template')}
    </Button>
  )
  return (
    <SectionPage title={t('logs.section')} actions={all.length > 0 ? add : undefined}>
      <p className={classes.facts}>{t('logs.section_text')}</p>
      <ProblemText error={error} />
      {isPending && all.length === 0 && <Skeleton height={160} />}
      {!isPending && !error && all.length === 0 && (
        <EmptyState icon={<IconNotebook size={48} stroke={1.4} />} title={t('logs.no_templates')} action={add} />
      )}
      <ul className={classes.templates}>
        {all.map((one) => (
          <li key={one.id}>
            <Line template={one} onOpen={() => setOpen(one.id)} />
          </li>
        ))}
      </ul>
      {shown && <TemplateDialog key={shown.id} template={shown} onClose={() => setOpen(null)} />}
      {open === 'new' && <TemplateDialog template={null} onClose={() => setOpen(null)} />}
    </SectionPage>
  )
}

function Line({ template, onOpen }: { template: LogTemplateView; onOpen: () => void }) {
  const t = useT()
  return (
    <button type="button" className={classes.template} data-template={template.id} onClick={onOpen}>
      <span className={classes.templateName}>
        {template.name}
        <span className={classes.tag}>{t(`logs.rhythm_${template.rhythm}`)}</span>
        {!template.is_active && <span className={classes.tag}>{t('logs.not_offered')}</span>}
      </span>
      <span className={classes.hint}>{listed(template.fields.map((one) => one.title))}</span>
    </button>
  )
}
