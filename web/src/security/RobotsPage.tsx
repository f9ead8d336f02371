// Robots: what each is for, who answers for it, its access tokens; making one and switching one off.
import { Button, Skeleton } from '@mantine/core'
import { IconPlus, IconRobot } from '@tabler/icons-react'
import { useState } from 'react'
import { SectionPage } from '../admin/SectionPage'
import type { BotView } from '../api/generated'
import { useT } from '../i18n/i18n'
import { EmptyState } from '../ui/EmptyState'
import { ProblemText } from '../ui/ProblemText'
import { NewRobot } from './NewRobot'
import { Robot } from './Robot'
import { useBots } from './wire'

export default function RobotsPage() {
  const t = useT()
  const bots = useBots()
  const [making, setMaking] = useState(false)
  const add = (
    <Button leftSection={<IconPlus size={20} />} onClick={() => setMaking(true)}>
      {t('security.new_robot')}
    </Button>
  )
  const isEmpty = bots.isSuccess && bots.items.length === 0
  return (
    <SectionPage title={t('security.robots')} actions={isEmpty ? undefined : add}>
      <ProblemText error={bots.error} />
      {bots.isPending && <Skeleton height={120} aria-hidden />}
      {isEmpty && (
        <EmptyState icon={<IconRobot size={40} stroke={1.4} />} title={t('security.no_robots')} action={add}>
          {t('security.no_robots_text')}
        </EmptyState>
      )}
      {bots.items.map((bot: BotView) => (
        <Robot key={bot.id} bot={bot} />
      ))}
      {bots.hasNextPage && (
        <Button variant="default" loading={bots.isFetchingNextPage} onClick={() => void bots.fetchNextPage()}>
          {t('ui.load_more')}
        </Button>
      )}
      {making && <NewRobot onClose={() => setMaking(false)} />}
    </SectionPage>
  )
}
