import { expect, test } from 'vitest'
import { saysReceived } from './says'

test('«收到» is told from a sentence that begins with it', () => {
  for (const text of ['收到', '收到!', ' 收到。', '收到👌', '收到,谢谢', '好的,收到', 'Received.', 'Got it!', '已阅']) {
    expect(saysReceived(text), text).toBe(true)
  }
  for (const text of ['收到货了', '收到吗?客户在问', 'I received the box', '', '👍', '谢谢']) {
    expect(saysReceived(text), text).toBe(false)
  }
})
