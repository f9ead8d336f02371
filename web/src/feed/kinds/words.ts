// What a kind is called, also one that this version of the client does not know.
import { say, sayMaybe } from '../../i18n/i18n'

export type About = 'explained' | 'text' | 'placeholder' | 'empty'

export function wordOf(kind: string, about?: About): string {
  return sayMaybe(about ? `kinds.${kind}_${about}` : `kinds.${kind}`) ?? say('kinds.post')
}
