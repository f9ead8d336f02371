// The Chinese texts of the first screen and of what opens from it, loaded before anything is shown in Chinese.
import admin from '../admin/zh-Hans.json'
import cards from '../cards/zh-Hans.json'
import chat from '../chat/zh-Hans.json'
import comments from '../feed/comments/zh-Hans.json'
import feed from '../feed/zh-Hans.json'
import kinds from '../feed/kinds/zh-Hans.json'
import poll from '../feed/poll/zh-Hans.json'
import topic from '../feed/topic/zh-Hans.json'
import files from '../files/zh-Hans.json'
import joining from '../joining/zh-Hans.json'
import notices from '../notifications/zh-Hans.json'
import search from '../search/zh-Hans.json'
import shared from './zh-Hans.json'

export default { ...admin, ...cards, ...chat, ...comments, ...feed, ...files, ...kinds, ...joining, ...notices, ...poll, ...topic, ...search, ...shared }
