// Whether this conversation is said aloud to me, on all my devices.
import { ActionIcon } from '@mantine/core'
import { IconBell, IconBellOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { api } from '../api/client'
import type { Id, Membership } from '../api/types'
import { useT } from '../i18n/i18n'
import { applyAnswer, putChange } from '../live/answers'
import { problemText } from '../ui/ProblemText'
import { toast } from '../ui/toasts'

export function MuteButton({ id, muted }: { id: Id; muted: boolean }) {
  const t = useT()
  const change = useMutation({
    mutationFn: async () => {
      const answer = await api.put<Membership>(`/conversations/${id}/mute`, { muted: !muted })
      applyAnswer(answer.seq, [putChange('membership', id, answer.data)])
      toast(t(muted ? 'chat.now_aloud' : 'chat.now_muted'))
    },
    onError: (error) => toast(problemText(error), { tone: 'bad' }),
  })
  const Icon = muted ? IconBellOff : IconBell
  return (
    <ActionIcon
      aria-label={t('chat.mute')}
      aria-pressed={muted}
      loading={change.isPending}
      onClick={() => change.mutate()}
    >
      <Icon size={22} stroke={1.7} />
    </ActionIcon>
  )
}
