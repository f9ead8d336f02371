// All English texts, loaded when English is shown.
import admin from '../admin/en.json'
import calendar from '../calendar/en.json'
import audit from '../audit/en.json'
import chat from '../chat/en.json'
import feed from '../feed/en.json'
import files from '../files/en.json'
import joining from '../joining/en.json'
import leaving from '../leaving/en.json'
import notices from '../notifications/en.json'
import organisation from '../organisation/en.json'
import people from '../people/en.json'
import roles from '../roles/en.json'
import search from '../search/en.json'
import security from '../security/en.json'
import setup from '../setup/en.json'
import shared from './en.json'

export default { ...shared, ...admin, ...audit, ...roles, ...calendar, ...chat, ...feed, ...files, ...leaving, ...notices, ...organisation, ...people, ...search, ...joining, ...setup, ...security }
