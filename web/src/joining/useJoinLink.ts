// The company's link on the wire.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api/client'
import type { JoinLink } from '../api/types'

const KEY = ['join-link']

export function useJoinLink() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await api.get<JoinLink>('/company/join-link', { signal })).data,
    staleTime: 0,
  })
}

export function useChangeJoinLink() {
  const queries = useQueryClient()
  const keep = (link: JoinLink): void => {
    queries.setQueryData(KEY, link)
  }
  return {
    async turn(on: boolean): Promise<void> {
      keep((await api.put<JoinLink>('/company/join-link', { is_on: on })).data)
    },
    async renew(): Promise<void> {
      keep((await api.post<JoinLink>('/company/join-link')).data)
    },
  }
}

/** The address of the QR code; another one when the link changed. */
export function pictureOf(link: JoinLink, format: 'svg' | 'png' = 'svg'): string {
  return `/api/company/join-link/picture?format=${format}&version=${link.version}`
}
