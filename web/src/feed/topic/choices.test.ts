import { expect, test } from 'vitest'
import type { TopicChoices } from '../../api/generated'
import { offers } from './choices'

const topic = (name: string, ...earlier: string[]) => ({ name, keys: [name.toLowerCase(), ...earlier], is_official: false, posts: 1 })
const found: TopicChoices = {
  mine: [topic('续约'), topic('VOC')],
  official: [topic('质量月', '质量周'), topic('VOC')],
  hot: [topic('续约'), topic('样品')],
}

test('each topic is offered once, in the order of its sources, with all of them', () => {
  expect(offers(found, '').map(({ topic: { name }, from }) => [name, from])).toEqual([
    ['续约', ['mine', 'hot']],
    ['VOC', ['mine', 'official']],
    ['质量月', ['official']],
    ['样品', ['hot']],
  ])
})

test('it is found by any part of its name, whatever its width and case, and by an earlier name', () => {
  expect(offers(found, 'ｖo').map((one) => one.topic.name)).toEqual(['VOC'])
  expect(offers(found, '量周').map((one) => one.topic.name)).toEqual(['质量月'])
  expect(offers(found, '没有')).toEqual([])
})
