import { expect, test } from 'vitest'
import { csv } from './download'

test('CSV keeps commas, quotes and lines together and disarms formulas', () => {
  expect(csv([['姓名', 'a,b'], ['=1+1', 'say "hi"'], ['x\ny', '']])).toBe(
    '\uFEFF姓名,"a,b"\r\n\'=1+1,"say ""hi"""\r\n"x\ny",\r\n',
  )
})
