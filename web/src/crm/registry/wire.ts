// What registries say, as it travels (docs/records.md «Registries»).
import type * as S from '../../api/generated'
import type { Change } from '../../api/types'
import type { Words } from '../wire'

export type Candidate = S.Candidate
export type Candidates = S.Candidates
export type Registration = S.Registration
export type Kept = Omit<S.RegistrationView, 'data'> & { data: Registration }
export interface Registered {
  registration: Kept | null
  also?: Change[]
}
export type Edition = S.EditionView
export interface RegistryState {
  provider: string
  registries: { code: string; words: Words; about: Words }[]
}

/** A company that was chosen, until the record is saved. */
export interface ChosenCompany {
  provider: string
  ref: string
  name: string
}
