/** 活动 改期: another time, asked first, said in the group and to those who signed up. */
import { moveActivity } from '../../../domain/activities/activity.ts';
import { parseDateTime } from '../../../domain/calendar/chinese-datetime.ts';
import { formatDateTimeRange } from '../../../domain/calendar/format-datetime.ts';
import { type ActivityRow, keepTime } from '../../../prisma/store/activities.ts';
import { signUpsOf } from '../../../prisma/store/sign-ups.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { notice, post, reply } from '../../dialogue/say.ts';
import { type CadreHere, findActivity } from './activity-choice.ts';
import { activityCard, activityKey, titleOf } from './activity-words.ts';

interface Wanted {
  readonly number: number;
  readonly text: string;
}

/** Echoes the new time; it is kept as instants, so that midnight does not move it. */
export async function askToMove(context: CadreHere, { number, text }: Wanted): Promise<Question> {
  const row = await findActivity(context, number);
  const read = parseDateTime(text, context.now);
  if (read.kind === 'fault') throw new CommandFault('no date-time', read.say);
  const moved = decide(row, { startsAt: read.at, endsAt: read.until }, context.now);
  const signed = (await signUpsOf(context.db, row.id)).filter(({ state }) => state !== 'leave').length;
  const told = signed > 0 ? `，并私下告诉报了名的 ${signed} 人` : '';
  return {
    text: `${titleOf(row)} 改到 ${formatDateTimeRange(moved.startsAt, moved.endsAt, context.now)}${read.assumed ? '（上下午是我猜的，请看清楚）' : ''}，对吗？\n我会在群里说一声${told}。`,
    keep: `${number} ${moved.startsAt} ${moved.endsAt}`,
  };
}

/** Moves the activity to the time that was confirmed. */
export async function move(context: CadreHere, { number, text }: Wanted): Promise<readonly Saying[]> {
  const { db, group, now, chat, event } = context;
  const row = await findActivity(context, number);
  const [startsAt = Number.NaN, endsAt = Number.NaN] = text.split(' ').map(Number);
  if (Number.isNaN(startsAt + endsAt)) throw new Error('the kept time cannot be read');
  const moved = { ...row, ...decide(row, { startsAt, endsAt }, now) };
  await keepTime(db, row.id, moved);
  const when = formatDateTimeRange(moved.startsAt, moved.endsAt, now);
  const said = `${titleOf(row)} 改到 ${when}，来不了也没关系。`;
  const signed = (await signUpsOf(db, row.id)).filter(({ state }) => state !== 'leave');
  return [
    post(group.id, { type: 'text', text: said }, { key: `${activityKey(row.id)}/moved/${event.id}` }),
    {
      ...post(group.id, activityCard(moved, now), { key: `${activityKey(row.id)}/card/${event.id}` }),
      updates: activityKey(row.id),
    },
    ...signed.map(({ personId }) =>
      notice(personId, `你报名的“${row.title}”改到 ${when}。时间不合适就发 /请假 ${row.number}，没关系的。`),
    ),
    ...(chat.kind === 'group' ? [] : [reply(context, `改好了，已在“${nameOf(group)}”里说了一声。`)]),
  ];
}

function decide(
  row: ActivityRow,
  time: { readonly startsAt: number; readonly endsAt: number | undefined },
  now: number,
) {
  const moved = moveActivity(row, time, now);
  if (moved.kind === 'fault') throw new CommandFault('the activity cannot move', moved.say);
  return { startsAt: moved.activity.startsAt, endsAt: moved.activity.endsAt };
}
