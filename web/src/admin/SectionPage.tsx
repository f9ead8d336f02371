// The frame of one section of the administration: on a phone with the way back to the list.
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { Page } from '../ui/Page'

interface Props {
  title: ReactNode
  actions?: ReactNode
  wide?: boolean
  children: ReactNode
}

export function SectionPage(props: Props) {
  const [, go] = useLocation()
  const isDesk = useMediaQuery('(min-width: 1024px)', undefined, { getInitialValueInEffect: false }) ?? false
  return <Page {...props} {...(isDesk ? {} : { onBack: () => go('/admin') })} />
}
