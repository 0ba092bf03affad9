// The places of the main navigation, in groups: what stands first is nearest to the thumb, and on a phone the
// first four are always there.
import type { Component } from 'vue'
import { AlarmClock, Bell, Checked, ChatLineSquare, CircleCheck, Document, Files, Histogram, List, Location, Memo, Money, Odometer, Reading, Search, SetUp, Suitcase, Tickets, Umbrella, Upload, User, Wallet } from '@element-plus/icons-vue'

export interface Place {
  name: string // the route it leads to
  icon: Component
  right: string // '' for everybody
  holds: string[] // routes on which it is marked as the place where one is
  word: string // id of its title; with _short the title on a phone
}

export interface Group {
  title: string
  places: Place[]
}

function place(name: string, icon: Component, right: string, holds: string[] = [], word = `shell.${name}`): Place {
  return { name, icon, right, holds: [name, ...holds], word }
}

const groups: Group[] = [
  {
    title: 'shell.group_households',
    places: [
      place('search', Search, 'registry_read', ['household', 'households', 'new-household'], 'shell.registry'),
      place('work', List, 'cases_read'),
      place('clues', ChatLineSquare, 'clues_read', ['clue', 'clue-new', 'campaigns', 'campaign']),
      place('cases', Files, 'cases_read', ['case']),
      place('warnings', Bell, 'warnings_read', ['runs']),
    ],
  },
  {
    title: 'shell.group_support',
    places: [
      place('employment', Suitcase, 'employment_read', ['employment-person']),
      place('programmes', Memo, 'programmes_read', ['programme', 'programme-record', 'programme-fee', 'aid-twice']),
      place('insurance', Umbrella, 'insurance_read', ['policy', 'claim']),
      place('loans', Money, 'loans_read', ['loan']),
      place('funds', Wallet, 'ledger_read', ['fund']),
    ],
  },
  {
    title: 'shell.group_reports',
    places: [place('bottom-line', Odometer, 'indicators_read', [], 'shell.bottom_line'), place('alarms', AlarmClock, 'tasks_read', ['alarm']), place('tasks', Checked, 'tasks_read', ['task']), place('indicators', Histogram, 'indicators_read'), place('bulletin', Reading, 'bulletin_read', ['bulletin-archive', 'bulletin-desk', 'bulletin-article'])],
  },
  {
    title: 'shell.group_data',
    places: [
      place('feeds', Document, 'feeds_read', ['feed-upload', 'feed-calendar', 'batch']),
      place('imports', Upload, 'registry_import', ['import']),
      place('quality', CircleCheck, 'quality_read'),
    ],
  },
  {
    title: 'shell.group_system',
    places: [
      place('rules', SetUp, 'rules_read', ['rule-set', 'what-if', 'back-test']),
      place('areas', Location, ''),
      place('audit', Tickets, 'audit_read'),
      place('users', User, 'users_manage'),
    ],
  },
]

/** The groups with the places that a user may go to; none is empty. */
export function groupsFor(may: (right: string) => boolean): Group[] {
  return groups
    .map((group) => ({ ...group, places: group.places.filter(({ right }) => !right || may(right)) }))
    .filter((group) => group.places.length)
}
