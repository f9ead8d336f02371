// Search and bell for phones, where no rail offers them.
import { ActionIcon } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useT } from '../i18n/i18n'
import { BellButton } from '../notifications/BellButton'
import { openPalette } from '../ui/palette'
import classes from './PhoneCorner.module.css'

export function PhoneCorner() {
  const t = useT()
  return (
    <>
      <ActionIcon className={classes.button} aria-label={t('search.open')} onClick={() => openPalette()}>
        <IconSearch size={22} stroke={1.7} />
      </ActionIcon>
      <BellButton className={classes.button} />
    </>
  )
}
