import { expect, it } from 'vitest'
import { byNoun, same, toggled } from './roles'

it('«all» replaces the narrower scopes, and a narrower one replaces «all»', () => {
  expect(toggled(['below', 'own_department'], 'all')).toEqual(['all'])
  expect(toggled(['all'], 'below')).toEqual(['below'])
  expect(toggled(['below'], 'own_department')).toEqual(['below', 'own_department'])
  expect(toggled(['below'], 'below')).toEqual([])
})

it('two roles give the same whatever the order, and no scope is as good as no capability', () => {
  expect(same({ a: ['x', 'y'], b: [] }, { a: ['y', 'x'] })).toBe(true)
  expect(same({ a: ['x'] }, { a: ['x', 'y'] })).toBe(false)
})

it('capabilities that are about the same thing stand together', () => {
  const all = ['post.share', 'people.read', 'receipt.require', 'cake.bake'].map((name) => ({ name, scopes: ['all'] }))
  expect(byNoun(all).map(([noun, some]) => [noun, some.map((one) => one.name)])).toEqual([
    ['post', ['post.share', 'receipt.require']],
    ['people', ['people.read']],
    ['other', ['cake.bake']],
  ])
})
