// The root: what to show for the state of the session.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { Route, Switch } from 'wouter'
import { withTexts } from '../i18n/i18n'
import { useSignal } from '../live/emitter'
import { StepUp } from '../security/StepUp'
import { Toasts } from '../ui/toasts'
import { UiProvider } from '../ui/UiProvider'
import { Failure } from './Failure'
import { session, startSession, whenForgetting } from './session'
import { Shell } from './Shell'
import { Waiting } from './Waiting'

const SignInPage = lazy(withTexts(() => import('./SignInPage')))
const EnrolPage = lazy(withTexts(() => import('./EnrolPage')))
const JoinPage = lazy(withTexts(() => import('./JoinPage')))
const ForgotPage = lazy(withTexts(() => import('./ForgotPage')))
const ResetPage = lazy(withTexts(() => import('./ResetPage')))
const SetupPage = lazy(withTexts(() => import('../setup/SetupPage')))
const AskPage = lazy(withTexts(() => import('../joining/AskPage')))
const AnswerPage = lazy(withTexts(() => import('../joining/AnswerPage')))
const PosterPage = lazy(withTexts(() => import('../joining/PosterPage')))

const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 10_000 } } })
whenForgetting(() => queries.clear())

function Content() {
  const now = useSignal(session)
  if (now.state === 'ready') return <Shell />
  if (now.state === 'anonymous') return <SignInPage ended={now.ended} />
  if (now.state === 'enrolling') return <EnrolPage />
  return <Waiting unreachable={now.state === 'unreachable'} />
}

function Started() {
  useEffect(() => {
    if (session.get().state === 'starting') void startSession()
  }, [])
  return <Content />
}

export function App() {
  return (
    <UiProvider>
      <QueryClientProvider client={queries}>
        <Failure>
          <Suspense fallback={<Waiting />}>
            <Switch>
              <Route path="/join/:token">{({ token }) => <JoinPage token={token} />}</Route>
              <Route path="/forgot" component={ForgotPage} />
              <Route path="/reset/:token">{({ token }) => <ResetPage token={token} />}</Route>
              <Route path="/setup/:token">{({ token }) => <SetupPage token={token} />}</Route>
              <Route path="/company/:token">{({ token }) => <AskPage token={token} />}</Route>
              <Route path="/join-request/:token">{({ token }) => <AnswerPage token={token} />}</Route>
              <Route path="/poster" component={PosterPage} />
              <Route>
                <Started />
              </Route>
            </Switch>
          </Suspense>
        </Failure>
        <StepUp />
        <Toasts />
      </QueryClientProvider>
    </UiProvider>
  )
}
