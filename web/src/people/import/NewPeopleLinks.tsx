// Links with which the new people set their passwords: shown once; copy one, copy all, download; or make new ones.
import { Button } from '@mantine/core'
import { IconCopy, IconDownload, IconLink, IconMail } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { newId } from '../../api/ids'
import { asProblem } from '../../api/problem'
import type { ImportLinks } from '../../api/types'
import { dayAndTime } from '../../i18n/dates'
import { useT } from '../../i18n/i18n'
import { useByMail } from '../../shell/useByMail'
import { copyText } from '../../ui/clipboard'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { csv, saveFile } from '../../ui/download'
import { ProblemText } from '../../ui/ProblemText'
import { toast } from '../../ui/toasts'
import { isWeChat } from '../../ui/wechat'
import { VirtualList } from '../../ui/VirtualList'
import { OneLink } from '../OneLink'
import classes from './Import.module.css'
import linkClasses from './NewPeopleLinks.module.css'
import { makeLinks, type Run } from './runs'

export function NewPeopleLinks({ run }: { run: Run }) {
  const t = useT()
  const [made, setMade] = useState<ImportLinks | null>(null)
  const [wereShown, setWereShown] = useState(run.links_shown)
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState<'links' | 'mail' | null>(null)
  const byMail = useByMail()
  const [error, setError] = useState<unknown>(null)
  const key = useRef(newId())

  const make = async (replace: boolean, mail = false): Promise<void> => {
    setMade(await makeLinks(run.id, { replace, mail }, key.current))
    setWereShown(true)
    key.current = newId()
  }
  const show = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await make(false)
    } catch (problem) {
      if (asProblem(problem).code === 'wrong_state') setWereShown(true)
      else setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const mailed = made?.items.filter((item) => item.mailed).length ?? 0
  const lines = (made?.items ?? []).map(({ name, staff_number, link }) => [name, staff_number, link])
  const copyAll = async (): Promise<void> => {
    const copied = await copyText(lines.map((line) => line.filter(Boolean).join('  ')).join('\n'))
    toast(t(copied ? 'ui.copied' : 'people.copy_by_hand'), { tone: copied ? 'good' : 'plain' })
  }
  const download = (): void => {
    const heading = [t('people.column_name'), t('people.column_staff_number'), t('people.link')]
    saveFile(t('people.links_file'), csv([heading, ...lines]))
  }
  return (
    <section className={classes.card} aria-label={t('people.links')}>
      <h2 className={classes.title}>{t('people.links')}</h2>
      <p className={classes.text}>
        {made
          ? t('people.links_once', { until: dayAndTime(made.expires_at) })
          : t(wereShown ? 'people.links_were_shown' : 'people.links_text')}
      </p>
      <ProblemText error={error} />
      <div className={`${classes.acts} ${linkClasses.acts}`}>
        {made && made.items.length > 0 && (
          <>
            <Button leftSection={<IconCopy size={18} />} onClick={() => void copyAll()}>
              {t('people.copy_all')}
            </Button>
            {!isWeChat && (
              <Button variant="default" leftSection={<IconDownload size={18} />} onClick={download}>
                {t('people.download')}
              </Button>
            )}
          </>
        )}
        {wereShown ? (
          <Button variant="default" leftSection={<IconLink size={18} />} onClick={() => setAsking('links')}>
            {t('people.new_links')}
          </Button>
        ) : (
          <Button leftSection={<IconLink size={18} />} loading={busy} onClick={() => void show()}>
            {t('people.show_links', { count: run.created })}
          </Button>
        )}
        {byMail && mailed === 0 && (
          <Button variant="default" leftSection={<IconMail size={18} />} onClick={() => setAsking('mail')}>
            {t('people.mail_links')}
          </Button>
        )}
      </div>
      {made && mailed > 0 && (
        <p className={classes.text} role="status">
          {t('people.links_mailed', { count: mailed, rest: made.items.length - mailed })}
        </p>
      )}
      {made && made.items.length === 0 && <p className={classes.text}>{t('people.no_links_needed')}</p>}
      {made && made.items.length > 0 && (
        <VirtualList
          count={made.items.length}
          keyOf={(index) => made.items[index]?.person_id ?? index}
          estimate={96}
          label={t('people.links')}
        >
          {(index) => {
            const item = made.items[index]
            return item ? (
              <div className={linkClasses.row}>
                <span className={linkClasses.name}>
                  {item.name} <span className={linkClasses.number}>{item.staff_number}</span>
                </span>
                <OneLink name={item.name} link={item.link} />
              </div>
            ) : null
          }}
        </VirtualList>
      )}
      <ConfirmDialog
        opened={asking !== null}
        title={t(asking === 'mail' ? 'people.mail_links_title' : 'people.new_links_title')}
        confirm={t(asking === 'mail' ? 'people.mail_links' : 'people.new_links')}
        danger={wereShown}
        onConfirm={() => make(wereShown, asking === 'mail')}
        onClose={() => setAsking(null)}
      >
        {asking === 'mail' && <p className={classes.text}>{t('people.mail_links_text')}</p>}
        {(asking !== 'mail' || wereShown) && t('people.new_links_text')}
      </ConfirmDialog>
    </section>
  )
}
