// Where I am signed in; one of them, or all others, are signed out with a press.
import { Button, Skeleton } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile, IconDeviceTablet, IconTerminal2 } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../api/client'
import type { DeviceView } from '../api/generated'
import { dayAndTime } from '../i18n/dates'
import { useT } from '../i18n/i18n'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { ProblemText } from '../ui/ProblemText'
import { RelativeTime } from '../ui/RelativeTime'
import { toast } from '../ui/toasts'
import { deviceName } from './deviceName'
import classes from './Security.module.css'
import { useDevices, useRefetch } from './wire'

const ICONS = { phone: IconDeviceMobile, tablet: IconDeviceTablet, desk: IconDeviceDesktop, program: IconTerminal2 }

export function Devices() {
  const t = useT()
  const devices = useDevices()
  const refetch = useRefetch()
  const [ending, setEnding] = useState<DeviceView | 'others' | null>(null)
  const one = ending !== 'others' ? ending : null

  const end = async (): Promise<void> => {
    if (one) await api.delete(`/me/devices/${one.id}`)
    else await api.delete('/me/devices')
    await refetch('devices')
    toast(t('security.signed_out'), { tone: 'good' })
  }
  return (
    <section className={classes.card} aria-labelledby="devices">
      <h2 id="devices" className={classes.heading}>
        {t('security.devices')}
      </h2>
      <p className={classes.note}>{t('security.devices_text')}</p>
      <ProblemText error={devices.error} />
      {devices.isPending && <Skeleton height={56} aria-hidden />}
      <ul className={classes.list}>
        {devices.items.map((device) => {
          const Icon = ICONS[device.kind]
          return (
            <li key={device.id} className={classes.row}>
              <Icon size={24} stroke={1.6} className={classes.icon} aria-hidden />
              <div className={classes.words}>
                <span className={classes.name}>{deviceName(device)}</span>
                {device.is_this && <span className={classes.mark}>{t('security.this_device')}</span>}
                <span className={classes.detail}>
                  {device.address && `${device.address} · `}
                  {t('security.last_seen')} <RelativeTime at={device.last_seen_at} />
                </span>
                <span className={classes.detail}>{t('security.since', { time: dayAndTime(device.created_at) })}</span>
              </div>
              {!device.is_this && (
                <Button
                  variant="default"
                  aria-label={t('security.sign_out_of', { name: deviceName(device) })}
                  onClick={() => setEnding(device)}
                >
                  {t('security.sign_out')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      <div className={classes.acts}>
        {devices.hasNextPage && (
          <Button variant="default" loading={devices.isFetchingNextPage} onClick={() => void devices.fetchNextPage()}>
            {t('ui.load_more')}
          </Button>
        )}
        {devices.items.length > 1 && (
          <Button variant="default" onClick={() => setEnding('others')}>
            {t('security.sign_out_others')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={ending !== null}
        title={t(one ? 'security.sign_out_title' : 'security.sign_out_others_title')}
        confirm={t(one ? 'security.sign_out' : 'security.sign_out_others')}
        onConfirm={end}
        onClose={() => setEnding(null)}
      >
        {one ? t('security.sign_out_text', { name: deviceName(one) }) : t('security.sign_out_others_text')}
      </ConfirmDialog>
    </section>
  )
}
