// What the feed forgets when somebody else signs in, and that it knows where «back» leads.
import { whenForgetting } from '../shell/session'
import { forgetFound } from './filter/found'
import { forgetUnreached } from './published'
import './wentBack'
import { forgetTimeline } from './timeline'

whenForgetting(() => {
  forgetTimeline()
  forgetFound()
  forgetUnreached()
})
