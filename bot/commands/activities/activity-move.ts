/** 活动 改期: another time, asked first, said in the group and to those who signed up. */
import { z } from 'zod';
import { moveActivity } from '../../../domain/activities/activity.ts';
import { parseDateTime } from '../../../domain/calendar/chinese-datetime.ts';
import { formatDateTimeRange } from '../../../domain/calendar/format-datetime.ts';
import { type ActivityRow, countOutside, keepTime } from '../../../prisma/store/activities.ts';
import { signUpsOf } from '../../../prisma/store/sign-ups.ts';
import { leadingNumber } from '../../dialogue/arguments.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { plain } from '../../dialogue/plain.ts';
import { notice, post, reply } from '../../dialogue/say.ts';
import { type CadreHere, openActivity } from './activity-choice.ts';
import { activityCard, activityKey, titleOf } from './activity-words.ts';

interface Wanted {
  readonly number: number | undefined;
  readonly text: string;
}

const longestTime = 100;

/** The activity's number, which may be left out, and the new time: 3月20日 begins with none. */
export const moving = z.string().transform((typed, context): Wanted => {
  const found = leadingNumber(typed.slice(0, longestTime));
  const isTime = /^\s*[\d０-９]{1,4}\s*[月日号点时:：/.\-年]/u.test(typed);
  const text = (found && !isTime ? found.rest : typed.slice(0, longestTime)).trim();
  if (text === '') context.addIssue({ code: 'custom', message: '请写新的时间' });
  return { number: isTime ? undefined : found?.number, text };
});

/** Echoes the new time; it is kept as instants, so that midnight does not move it. */
export async function askToMove(context: CadreHere, { number, text }: Wanted): Promise<Question | undefined> {
  const found = await openActivity(context, number, '哪个活动改期？', '/活动 改期');
  if (!('row' in found)) return undefined;
  const { row } = found;
  const read = parseDateTime(text, context.now);
  if (read.kind === 'fault') throw new CommandFault('no date-time', read.say);
  const moved = decide(row, { startsAt: read.at, endsAt: read.until }, context.now);
  const signed = (await signUpsOf(context.db, row.id)).filter(({ state }) => state !== 'leave').length;
  const told = signed > 0 ? `，并私下告诉报了名的 ${signed} 人` : '';
  const early = await countOutside(context.db, row.id, moved);
  const lost = early > 0 ? `\n已经有 ${early} 人提前签到，改期后不再算数，到时候请他们再签一次。` : '';
  return {
    text: `${titleOf(row)} 改到 ${formatDateTimeRange(moved.startsAt, moved.endsAt, context.now)}${read.assumed ? '（上下午是我猜的，请看清楚）' : ''}，对吗？${lost}\n我会在群里说一声${told}。`,
    keep: `${row.number} ${moved.startsAt} ${moved.endsAt}`,
  };
}

/** Moves the activity to the time that was confirmed. */
export async function move(context: CadreHere, { number, text }: Wanted): Promise<readonly Saying[]> {
  const { db, group, now, chat, event } = context;
  const found = await openActivity(context, number, `改到“${plain(text)}”的是哪个活动？`, '/活动 改期', text);
  if (!('row' in found)) return [reply(context, found.ask)];
  const { row } = found;
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
