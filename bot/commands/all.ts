/** Every command, in the order in which help lists them. A new command is one file and one line here. */

import { Registry } from '../dialogue/registry.ts';
import { activity } from './activities/activity.ts';
import { checkIn } from './activities/check-in.ts';
import { leave, myActivities, signUp } from './activities/sign-up.ts';
import { deed } from './deeds/deed.ts';
import { pairing } from './deeds/pairing.ts';
import { report } from './deeds/report.ts';
import { vouch } from './deeds/vouch.ts';
import { help } from './help.ts';
import { anonymous } from './listening/anonymous.ts';
import { demand } from './listening/demand.ts';
import { problemList } from './listening/problem-list.ts';
import { sameFeeling } from './listening/same-feeling.ts';
import { bind } from './people/bind.ts';
import { identity } from './people/identity.ts';
import { myData } from './people/my-data.ts';
import { myDemands } from './people/my-demands.ts';
import { owner } from './people/owner.ts';
import { recogniseGroup } from './people/recognise.ts';
import { firstSteps } from './standing/first-steps.ts';
import { policy } from './standing/policy.ts';
import { progress } from './standing/progress.ts';
import { reminders } from './standing/reminders.ts';
import { answerSurvey } from './surveys/answer-survey.ts';
import { survey } from './surveys/survey.ts';
import { push } from './topics/push.ts';
import { topic } from './topics/topic.ts';
import { myUnit } from './units/my-unit.ts';
import { answerQuestion } from './voices/answer-question.ts';
import { ask } from './voices/ask.ts';
import { helpEachOther } from './voices/help-each-other.ts';
import { suggestion } from './voices/suggestion.ts';
import { wish } from './voices/wish.ts';

/** Checked when the program starts: an incomplete declaration stops it. */
export const registry = new Registry([
  help,
  progress,
  demand,
  anonymous,
  suggestion,
  sameFeeling,
  myDemands,
  answerSurvey,
  signUp,
  leave,
  checkIn,
  myActivities,
  topic,
  activity,
  problemList,
  deed,
  push,
  survey,
  wish,
  helpEachOther,
  ask,
  answerQuestion,
  pairing,
  firstSteps,
  report,
  vouch,
  policy,
  reminders,
  identity,
  owner,
  myUnit,
  myData,
  bind,
  recogniseGroup,
]);
