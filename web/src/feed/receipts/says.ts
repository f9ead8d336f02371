// Whether somebody types «收到» where a receipt is waited for (W23). Pure.
const WORDS = new Set(['收到', '已收到', '收到了', '收到谢谢', '好的收到', '收到好的', '已阅', 'received', 'got it', 'roger', 'ok received'])

export function saysReceived(text: string): boolean {
  const plain = text
    .toLocaleLowerCase()
    .replace(/[\p{Extended_Pictographic}\p{Emoji_Component}]/gu, '')
    .replace(/[\p{P}\p{S}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return WORDS.has(plain) || WORDS.has(plain.replace(/ /g, ''))
}
