// Letting people read one record, and who the server says is let in.
import { api } from '../api/client'
import type { Shared, ShareInput } from '../api/generated'
import type { Id, Problem, Ref } from '../api/types'

/** A card of which some of those who are to get it see only the stub. */
export interface BlindCard {
  kind: string
  id: Id
  blind: number
  people: Id[]
  may_grant: boolean
}

/** Answers how many may read it now who could not before. */
export async function letRead(about: Ref, body: ShareInput): Promise<number> {
  return (await api.put<Shared>(`/records/${about.kind}/${about.id}/shares`, body)).data.people
}

/** The cards that a refusal says some of the receivers do not see. */
export function blindCards(problem: Problem | null): BlindCard[] {
  if (problem?.code !== 'recipients_lack_access') return []
  return (problem as { cards?: BlindCard[] }).cards ?? []
}
