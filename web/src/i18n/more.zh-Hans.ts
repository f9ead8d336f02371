// The Chinese texts of the other pages, loaded with the first of them.
import audit from '../audit/zh-Hans.json'
import calendar from '../calendar/zh-Hans.json'
import crm from '../crm/zh-Hans.json'
import emoji from '../emoji/zh-Hans.json'
import leaving from '../leaving/zh-Hans.json'
import organisation from '../organisation/zh-Hans.json'
import paper from '../feed/paper/zh-Hans.json'
import people from '../people/zh-Hans.json'
import roles from '../roles/zh-Hans.json'
import schedule from '../feed/kinds/schedule/zh-Hans.json'
import security from '../security/zh-Hans.json'
import setup from '../setup/zh-Hans.json'
import table from '../feed/table/zh-Hans.json'
import tables from '../tables/zh-Hans.json'
import topics from '../topics/zh-Hans.json'
import worklog from '../worklog/zh-Hans.json'

export default { ...audit, ...calendar, ...crm, ...emoji, ...leaving, ...organisation, ...paper, ...people, ...roles, ...schedule, ...security, ...setup, ...table, ...tables, ...topics, ...worklog }
