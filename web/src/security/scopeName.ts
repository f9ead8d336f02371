// What a token may do, in words; a right that has no words here yet is shown by its own name.
import { sayMaybe } from '../i18n/i18n'

export function scopeName(scope: string): string {
  return sayMaybe(`security.scope.${scope}`) ?? scope
}
