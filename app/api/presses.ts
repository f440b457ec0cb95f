import { setReminder, unsetReminder } from '#domain/ama-reminder/commands.ts'
import { reminderLimits } from '#domain/ama-reminder/rules.ts'
import { markAnswer, unmarkAnswer } from '#domain/answer-mark/commands.ts'
import { type MarkKind, markLimits } from '#domain/answer-mark/rules.ts'
import { setRequest, unsetRequest } from '#domain/answer-request/commands.ts'
import { requestLimits } from '#domain/answer-request/rules.ts'
import { followMentor, followQuestion, followTopic, unfollowMentor, unfollowQuestion, unfollowTopic } from '#domain/follow/commands.ts'
import { followLimits } from '#domain/follow/rules.ts'
import { askForWaiting, joinWanted, leaveWanted } from '#domain/wanted/commands.ts'
import { askForLimits, joinLimits, NEW_WANTED } from '#domain/wanted/rules.ts'
import { paths } from '#lib/paths.ts'
import type { Press } from '#lib/press.ts'

// The buttons that people press and release. Each has a route (PUT, DELETE, and POST for forms) and a small page.

export const requestPress: Press = {
  kind: 'request',
  set: setRequest,
  unset: unsetRequest,
  page: paths.ownRequest,
  limits: requestLimits,
}

export const mentorPress = followPress('mentor', followMentor, unfollowMentor)
export const topicPress = followPress('topic', followTopic, unfollowTopic)
export const questionPress = followPress('question', followQuestion, unfollowQuestion)

export const savePress = markPress('save')
export const helpfulPress = markPress('helpful')
export const thanksPress = markPress('thanks')

export const reminderPress: Press = {
  kind: 'reminder',
  set: setReminder,
  unset: unsetReminder,
  page: paths.ownReminder,
  limits: reminderLimits,
}

export const joinPress: Press = {
  kind: 'wanted',
  set: joinWanted,
  unset: leaveWanted,
  page: (slug, refused) => paths.ownWanted(slug, { refused }),
  limits: joinLimits,
}

/** Pressed signed out, with all that was written, by the form of what is wanted: it has no route of its own. */
const newWantedPress: Press = {
  kind: NEW_WANTED,
  set: askForWaiting,
  unset: askForWaiting,
  page: (draft, refused) => paths.newWanted({ draft, refused }),
  limits: askForLimits,
}

export const presses = [
  joinPress,
  newWantedPress,
  reminderPress,
  requestPress,
  mentorPress,
  topicPress,
  questionPress,
  savePress,
  helpfulPress,
  thanksPress,
]

function followPress(thing: 'mentor' | 'topic' | 'question', set: Press['set'], unset: Press['unset']): Press {
  return { kind: `follow-${thing}`, set, unset, page: (name, refused) => paths.ownFollow(thing, name, refused), limits: followLimits }
}

function markPress(kind: MarkKind): Press {
  return {
    kind,
    set: (visit, id) => markAnswer(kind, visit, id),
    unset: (visit, id) => unmarkAnswer(kind, visit, id),
    page: (id, refused) => paths.ownMark(kind, id, refused),
    limits: markLimits,
  }
}
