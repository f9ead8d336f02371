// What the client knows of a kind of post: one declaration. The composer, the card, the menu and the filter know no kind.
import type { Icon } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import type { FieldProblem, Id, Kind, Post, Ref, Todo } from '../../api/types'
import type { Choice } from '../../ui/MenuButton'
import type { Named } from '../../ui/names'

/** As the server wants them in `details` of a new post. */
export type Details = Record<string, unknown>

export interface FieldsProps {
  value: Details
  onChange: (value: Details) => void
  /** Names its field as the server does: `details.expires_at`. */
  error: FieldProblem | undefined
  audience: readonly Named[]
}

export interface MenuPart {
  choices: readonly (Choice | false)[]
  dialog: ReactNode
}

/** Its words are `kinds.KIND`, `kinds.KIND_explained`, `kinds.KIND_text`, `kinds.KIND_placeholder`. */
export interface PostKind {
  kind: string
  icon: Icon
  /** Without it nobody is offered to write one. */
  capability: string
  titled?: boolean
  /** Whether receipts can be asked for. */
  receipts?: boolean
  /** With nobody chosen it is one's own. */
  own?: boolean
  /** Whether it may carry a vote. */
  poll?: boolean
  /** Whether it may carry a prepared table. */
  table?: boolean
  /** Further fields of the composer: below who sees it, or above it where they say who must (`given`). */
  Fields?: ComponentType<FieldsProps>
  /** What of the form's fields goes to the server, and who must see the post because of them. Left out: as they are, nobody. */
  /** `cards`: what goes along besides the chosen ones, because the fields name it. */
  given?: (details: Details) => { details: Details; people: readonly number[]; cards?: readonly Ref[] }
  /** The fields are what it says: they come first, and the text besides may stay empty. */
  leads?: boolean
  /** The fields stand above the text: they say what it is about. */
  begins?: boolean
  /** It is addressed to one's own department unless somebody else is chosen. */
  near?: boolean
  /** Whether the fields hold something that would be lost. */
  isBegun?: (details: Details) => boolean
  /** What can be said of the fields before asking the server: the field and the server's code. */
  missing?: (details: Details, now: Date) => readonly [field: string, code: string] | null
  /** Stands between the head of its card and the text. */
  Above?: ComponentType<{ post: Post; whole: boolean }>
  /** Stands instead of the text, which says the same to whoever does not know the kind. */
  Body?: ComponentType<{ post: Post }>
  /** Stands below the text: what is to be done. */
  Below?: ComponentType<{ post: Post; whole: boolean }>
  /** The to-dos it makes: the entity that stands for one, and what one presses beside it. Its id is the post's, unless it is about
      something that is not there yet: then `address` says where that is made. */
  todo?: { entity: Extract<Kind, `todo/${string}`>; Act: ComponentType<{ post: Id }>; address?: (todo: Todo) => string }
  /** Which of its fields its author changes later: the form to begin with, and what of it was changed (null: nothing) with whom it now
      concerns who must see it, and which card takes the place of which. The composer's `Fields` show them. */
  amend?: {
    form: (post: Post) => Details
    changed: (form: Details, post: Post) => { details: Details; people: readonly number[]; cards?: { out: Ref; in: Ref } } | null
  }
  /** Its fields as text, for comparing versions. */
  says?: (details: Details) => string
  /** Changes it, where that is more than its title and text. */
  Edit?: ComponentType<{ post: Post; onClose: () => void }>
  /** Further lines of its «…»; a hook, called at each card of this kind. */
  useMenu?: (post: Post) => MenuPart
}
