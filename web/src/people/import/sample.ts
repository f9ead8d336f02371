// A small staff list to begin with, in the language of the page; any of its columns may be left out but the name
// and one of number, phone, mail.
import type { Language } from '../../api/types'
import { csv } from '../../ui/download'

const lists: Record<Language, { name: string; rows: readonly (readonly string[])[] }> = {
  'zh-Hans': {
    name: '员工名单示例.csv',
    rows: [
      ['姓名', '手机', '邮箱', '工号', '部门', '职位', '直属上级', '部门负责人', '人员类型'],
      ['王芳', '13900010001', 'wangfang@example.com', 'A001', '华东', '区域总监', '', '是', '员工'],
      ['李强', '13900010002', 'liqiang@example.com', 'A002', '华东/销售一部；华东', '销售经理', 'A001', '销售一部', '员工'],
      ['赵敏', '13900010003', '', 'A003', '华东/销售一部', '客户经理', '李强', '', '外部'],
    ],
  },
  en: {
    name: 'staff-list-sample.csv',
    rows: [
      ['Name', 'Mobile', 'E-mail', 'Staff number', 'Department', 'Title', 'Manager', 'Department head', 'Kind'],
      ['Ann Lee', '13900010001', 'ann@example.com', 'A001', 'East', 'Regional director', '', 'yes', 'employee'],
      ['Bob Chen', '13900010002', 'bob@example.com', 'A002', 'East/Sales 1; East', 'Sales manager', 'A001', 'Sales 1', 'employee'],
      ['Cleo Diaz', '13900010003', '', 'A003', 'East/Sales 1', 'Account manager', 'Bob Chen', '', 'external'],
    ],
  },
}

export function sampleList(language: Language): { name: string; text: string } {
  const { name, rows } = lists[language]
  return { name, text: csv(rows) }
}
