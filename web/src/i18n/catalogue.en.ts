// The English texts of the first screen and of what opens from it, loaded before anything is shown in English.
import admin from '../admin/en.json'
import cards from '../cards/en.json'
import chat from '../chat/en.json'
import comments from '../feed/comments/en.json'
import feed from '../feed/en.json'
import kinds from '../feed/kinds/en.json'
import poll from '../feed/poll/en.json'
import topic from '../feed/topic/en.json'
import files from '../files/en.json'
import joining from '../joining/en.json'
import notices from '../notifications/en.json'
import search from '../search/en.json'
import shared from './en.json'

export default { ...admin, ...cards, ...chat, ...comments, ...feed, ...files, ...kinds, ...joining, ...notices, ...poll, ...topic, ...search, ...shared }
