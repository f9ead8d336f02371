// Names of the places where unsent text is kept.
export function draftPlace(conversation: number): string {
  return `chat.${conversation}`
}
