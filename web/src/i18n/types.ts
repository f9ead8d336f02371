// Which texts exist. Every folder with texts of its own keeps two flat catalogues beside its code and is named here.
import type admin from '../admin/zh-Hans.json'
import type calendar from '../calendar/zh-Hans.json'
import type audit from '../audit/zh-Hans.json'
import type crm from '../crm/zh-Hans.json'
import type emoji from '../emoji/zh-Hans.json'
import type cards from '../cards/zh-Hans.json'
import type chat from '../chat/zh-Hans.json'
import type comments from '../feed/comments/zh-Hans.json'
import type feed from '../feed/zh-Hans.json'
import type kinds from '../feed/kinds/zh-Hans.json'
import type schedule from '../feed/kinds/schedule/zh-Hans.json'
import type table from '../feed/table/zh-Hans.json'
import type tables from '../tables/zh-Hans.json'
import type topic from '../feed/topic/zh-Hans.json'
import type topics from '../topics/zh-Hans.json'
import type poll from '../feed/poll/zh-Hans.json'
import type files from '../files/zh-Hans.json'
import type joining from '../joining/zh-Hans.json'
import type ladder from '../feed/ladder/zh-Hans.json'
import type leaving from '../leaving/zh-Hans.json'
import type notices from '../notifications/zh-Hans.json'
import type organisation from '../organisation/zh-Hans.json'
import type paper from '../feed/paper/zh-Hans.json'
import type people from '../people/zh-Hans.json'
import type reach from '../feed/share/zh-Hans.json'
import type roles from '../roles/zh-Hans.json'
import type search from '../search/zh-Hans.json'
import type security from '../security/zh-Hans.json'
import type setup from '../setup/zh-Hans.json'
import type versions from '../feed/versions/zh-Hans.json'
import type worklog from '../worklog/zh-Hans.json'
import type shared from './zh-Hans.json'

type Plain<K> = K extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K

type Shared = typeof shared & typeof comments & typeof admin & typeof audit & typeof roles & typeof calendar & typeof cards & typeof crm & typeof leaving & typeof notices & typeof search & typeof joining & typeof setup & typeof security
export type MessageKey = Plain<keyof (Shared & typeof chat & typeof feed & typeof kinds & typeof poll & typeof table & typeof tables & typeof topic & typeof topics & typeof schedule & typeof files & typeof organisation & typeof emoji & typeof ladder & typeof paper & typeof people & typeof reach & typeof versions & typeof worklog)>
export type Params = Record<string, string | number>
