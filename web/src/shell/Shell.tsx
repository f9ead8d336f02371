// The house of the signed-in pages: navigation, connection line, and the page of the address in one scrolling main.
import { lazy, Suspense, useEffect, useRef } from 'react'
import { Answering } from '../feed/receipts/question/Answering'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { useChatEffects } from '../chat/effects'
import { useUnreadTotal } from '../chat/unread'
import { useTodoCount } from '../feed/badge'
import '../feed/effects'
import { useT, withTexts } from '../i18n/i18n'
import { connection } from '../live/connection'
import { useSignal } from '../live/emitter'
import { outbox } from '../live/outbox'
import { useNoticeEffects } from '../notifications/effects'
import { PaletteKey } from '../search/PaletteKey'
import { Corner } from '../ui/corner'
import { ShownPermissions } from '../roles/ShownPermissions'
import { OfflineBar } from '../ui/OfflineBar'
import { fetchAhead } from './ahead'
import { Failure } from './Failure'
import { Nav } from './Nav'
import { NotFound } from './NotFound'
import { PhoneCorner } from './PhoneCorner'
import classes from './Shell.module.css'
import { Waiting } from './Waiting'

const WorkPage = lazy(() => import('../feed/WorkPage'))
const TodosPage = lazy(() => import('../feed/TodosPage'))
const PaperPage = lazy(withTexts(() => import('../feed/paper/PaperPage')))
const AnnouncementsPage = lazy(() => import('../feed/kinds/announcement/AnnouncementsPage'))
const SchedulePage = lazy(withTexts(() => import('../feed/kinds/schedule/SchedulePage')))
const TopicPage = lazy(() => import('../feed/topic/TopicPage'))
const CrmPage = lazy(withTexts(() => import('../crm/CrmPage')))
const RecordsPage = lazy(withTexts(() => import('../crm/list/ListPage')))
const RecordPage = lazy(withTexts(() => import('../crm/record/RecordPage')))
const LogsPage = lazy(withTexts(() => import('../worklog/LogsPage')))
const PostPage = lazy(() => import('../feed/PostPage'))
const ChatPage = lazy(() => import('../chat/ChatPage'))
const PeoplePage = lazy(withTexts(() => import('../people/PeoplePage')))
const ImportPage = lazy(withTexts(() => import('../people/ImportPage')))
const AdminPage = lazy(withTexts(() => import('../admin/AdminPage')))
const InboxPage = lazy(() => import('../notifications/InboxPage'))
const NoticePreferences = lazy(withTexts(() => import('../notifications/NoticePreferences')))
const SecurityPage = lazy(withTexts(() => import('../security/SecurityPage')))
const MePage = lazy(withTexts(() => import('./MePage')))
const ActingPage = lazy(withTexts(() => import('../leaving/ActingPage')))
const ActingForPage = lazy(withTexts(() => import('../leaving/ActingForPage')))

function Title() {
  const count = useUnreadTotal() + useTodoCount()
  useEffect(() => {
    document.title = count > 0 ? `(${count}) Tenfour` : 'Tenfour'
  }, [count])
  return null
}

const corner = <PhoneCorner />

export function Shell() {
  const t = useT()
  const [path] = useLocation()
  const state = useSignal(connection)
  const waiting = useSignal(outbox.acts).length
  const main = useRef<HTMLElement>(null)
  useChatEffects()
  useNoticeEffects()
  useEffect(fetchAhead, [])
  // Another page begins at its top; the pages of one place keep theirs.
  useEffect(() => {
    main.current?.scrollTo(0, 0)
  }, [path])
  // A conversation and other full-screen writing take the bottom bar's room on phones.
  const fullScreen = /^\/chat\/\d+/.test(path)
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        {t('nav.skip')}
      </a>
      <Title />
      <PaletteKey />
      <ShownPermissions />
      <Answering />
      <Nav hiddenOnPhones={fullScreen} />
      <div className={classes.stage}>
        <OfflineBar state={state} waiting={waiting} />
        <main id="main" ref={main} className={classes.main} tabIndex={-1}>
          <Corner value={corner}>
          <Failure at={path}>
            <Suspense fallback={<Waiting inside />}>
              <Switch>
                <Route path="/" component={WorkPage} />
                <Route path="/chat/:id?" component={ChatPage} />
                <Route path="/todos" component={TodosPage} />
                <Route path="/posts/:id" component={PostPage} />
                <Route path="/posts/:id/paper" component={PaperPage} />
                <Route path="/announcements" component={AnnouncementsPage} />
                <Route path="/schedule" component={SchedulePage} />
                <Route path="/topics/:name" component={TopicPage} />
                <Route path="/logs" component={LogsPage} />
                <Route path="/crm" component={CrmPage} />
                <Route path="/crm/:kind" component={RecordsPage} />
                <Route path="/crm/:kind/:id" component={RecordPage} />
                <Route path="/people" component={PeoplePage} />
                <Route path="/people/import" component={ImportPage} />
                <Route path="/admin/:section?" component={AdminPage} />
                <Route path="/inbox" component={InboxPage} />
                <Route path="/me/notices" component={NoticePreferences} />
                <Route path="/me" component={MePage} />
                <Route path="/me/acting" component={ActingPage} />
                <Route path="/me/acting/:id" component={ActingForPage} />
                <Route path="/me/security" component={SecurityPage} />
                <Route path="/work">
                  <Redirect to="/" replace />
                </Route>
                <Route component={NotFound} />
              </Switch>
            </Suspense>
          </Failure>
          </Corner>
        </main>
      </div>
    </div>
  )
}
