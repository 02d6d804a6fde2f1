/** Every command, in the order in which help lists them. A new command is one file and one line here. */
import { activity } from './activity.ts';
import { anonymous } from './anonymous.ts';
import { answerQuestion } from './answer-question.ts';
import { answerSurvey } from './answer-survey.ts';
import { ask } from './ask.ts';
import { bind } from './bind.ts';
import { checkIn } from './check-in.ts';
import { deed } from './deed.ts';
import { demand } from './demand.ts';
import { help } from './help.ts';
import { helpEachOther } from './help-each-other.ts';
import { identity } from './identity.ts';
import { myData } from './my-data.ts';
import { myDemands } from './my-demands.ts';
import { myUnit } from './my-unit.ts';
import { pairing } from './pairing.ts';
import { policy } from './policy.ts';
import { problemList } from './problem-list.ts';
import { progress } from './progress.ts';
import { push } from './push.ts';
import { recogniseGroup } from './recognise.ts';
import { Registry } from './registry.ts';
import { reminders } from './reminders.ts';
import { report } from './report.ts';
import { sameFeeling } from './same-feeling.ts';
import { leave, myActivities, signUp } from './sign-up.ts';
import { suggestion } from './suggestion.ts';
import { survey } from './survey.ts';
import { topic } from './topic.ts';
import { vouch } from './vouch.ts';
import { wish } from './wish.ts';

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
  wish,
  helpEachOther,
  ask,
  topic,
  push,
  activity,
  survey,
  problemList,
  answerQuestion,
  deed,
  pairing,
  vouch,
  report,
  policy,
  reminders,
  identity,
  myUnit,
  myData,
  bind,
  recogniseGroup,
]);
