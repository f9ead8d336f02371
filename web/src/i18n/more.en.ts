// The English texts of the other pages, loaded with the first of them.
import audit from '../audit/en.json'
import calendar from '../calendar/en.json'
import crm from '../crm/en.json'
import emoji from '../emoji/en.json'
import leaving from '../leaving/en.json'
import organisation from '../organisation/en.json'
import paper from '../feed/paper/en.json'
import people from '../people/en.json'
import roles from '../roles/en.json'
import schedule from '../feed/kinds/schedule/en.json'
import security from '../security/en.json'
import setup from '../setup/en.json'
import table from '../feed/table/en.json'
import tables from '../tables/en.json'
import topics from '../topics/en.json'
import worklog from '../worklog/en.json'

export default { ...audit, ...calendar, ...crm, ...emoji, ...leaving, ...organisation, ...paper, ...people, ...roles, ...schedule, ...security, ...setup, ...table, ...tables, ...topics, ...worklog }
