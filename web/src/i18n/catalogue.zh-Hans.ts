// All Chinese texts, loaded when Chinese is shown.
import admin from '../admin/zh-Hans.json'
import calendar from '../calendar/zh-Hans.json'
import audit from '../audit/zh-Hans.json'
import chat from '../chat/zh-Hans.json'
import feed from '../feed/zh-Hans.json'
import files from '../files/zh-Hans.json'
import joining from '../joining/zh-Hans.json'
import leaving from '../leaving/zh-Hans.json'
import notices from '../notifications/zh-Hans.json'
import organisation from '../organisation/zh-Hans.json'
import people from '../people/zh-Hans.json'
import roles from '../roles/zh-Hans.json'
import search from '../search/zh-Hans.json'
import security from '../security/zh-Hans.json'
import setup from '../setup/zh-Hans.json'
import shared from './zh-Hans.json'

export default { ...shared, ...admin, ...audit, ...roles, ...calendar, ...chat, ...feed, ...files, ...leaving, ...notices, ...organisation, ...people, ...search, ...joining, ...setup, ...security }
