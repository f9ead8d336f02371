// A declaration and a row as the server sends them, for the tests of this folder.
import type { Field, RecordKind, RecordRow } from './wire'

export function field(name: string, type: Field['type'], more: Partial<Field> = {}): Field {
  return {
    name, type, words: { 'zh-Hans': name, en: name }, help: null, class: 'basic', required: false, readonly: false, computed: false,
    by_act: false, system: false, custom: false, choices: [], link: null, duplicates: '', max_length: null, decimals: null, unit: null, currency: null, lines: [],
    can_filter: true, can_sort: true, operators: [], follows_from: [], ...more,
  }
}

const words = (zh: string, en: string) => ({ 'zh-Hans': zh, en })
const RANGE: Field['operators'] = ['is', 'at_least', 'at_most', 'empty', 'filled']
const CHOICE: Field['operators'] = ['in', 'not_in', 'empty', 'filled']

export const customer: RecordKind = {
  kind: 'customer',
  number: 1,
  words: words('客户', 'Customer'),
  plural: words('客户', 'Customers'),
  icon: 'building',
  title: 'name',
  fields: [
    field('name', 'text', { words: words('客户名称', 'Name'), required: true, operators: ['is', 'contains', 'starts', 'empty', 'filled'] }),
    field('level', 'choice', {
      words: words('客户等级', 'Level'),
      choices: [{ code: 'key', words: words('重点', 'Key'), tone: 'red' }, { code: 'plain', words: words('普通', 'Ordinary') }],
      operators: CHOICE,
    }),
    field('phone', 'phone', { words: words('电话', 'Phone'), class: 'contact', operators: ['is', 'contains', 'empty', 'filled'] }),
    field('budget', 'money', { words: words('预算', 'Budget'), currency: 'CNY', operators: RANGE }),
    field('next_visit', 'date', { words: words('下次拜访', 'Next visit'), operators: RANGE }),
    field('address', 'address', { words: words('地址', 'Address'), can_sort: false }),
    field('owner', 'person', { words: words('负责人', 'Owner'), system: true, readonly: true, operators: ['in', 'empty', 'filled'] }),
    field('updated_at', 'time', { words: words('更新时间', 'Updated'), system: true, readonly: true, operators: RANGE }),
  ],
  sections: [
    { code: 'basic', words: words('基本信息', 'Basics'), fields: ['name', 'level', 'owner', 'budget', 'next_visit'] },
    { code: 'contact', words: words('联系方式', 'Contact'), fields: ['phone', 'address'] },
  ],
  quick: ['name', 'owner', 'level'],
  columns: ['name', 'level', 'owner', 'updated_at'],
  filters: ['level', 'owner'],
  sort: '-updated_at',
  shown: ['level'],
  views: [
    { code: 'all', base: 'all', words: words('全部', 'All'), filter: [], sort: '-updated_at', columns: [], mine: false, id: null },
    { code: 'mine', base: 'mine', words: words('我的', 'Mine'), filter: [], sort: '-updated_at', columns: [], mine: false, id: null },
    { code: '12', base: 'all', words: words('重点客户', '重点客户'), filter: [['level', 'in', ['key']]], sort: 'name', columns: ['name', 'phone'], mine: true, id: 12 },
  ],
  follows: null,
  stages: [],
  boards: ['level'],
  may: ['create'],
}

export function rowOf(more: Partial<RecordRow> = {}): RecordRow {
  return {
    kind: 'customer', id: 99, number: 'K-000099', title: '上海远帆科技有限公司', version: 7, owner: 17, department: 3, pool: null, stage: '',
    voided: false, locked: null, starred: false, created_at: '2026-06-01T02:00:00Z', created_by: 17, updated_at: '2026-06-02T02:00:00Z',
    last_followed_at: null, moves_clock: true,
    fields: { name: '上海远帆科技有限公司', level: 'key', phone: { masked: '138****1234' }, budget: '2185.00', next_visit: null, address: null },
    may: ['write', 'owner', 'team', 'void', 'reveal', 'followup'],
    ...more,
  }
}
