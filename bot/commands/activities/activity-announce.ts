/** 活动 发布: what was typed or filled in is echoed; after the yes it is posted. */
import { z } from 'zod';
import { type ActivityPlan, planActivity } from '../../../domain/activities/activity.ts';
import { readAnnouncement } from '../../../domain/activities/announcement.ts';
import { bareTitle, likelyKind, takeExtras } from '../../../domain/activities/extras.ts';
import { formatDateTime, formatDateTimeRange } from '../../../domain/calendar/format-datetime.ts';
import { kindList } from '../../../domain/deeds/kind-words.ts';
import { type DeedKind, deedKindNames, deedKinds } from '../../../domain/deeds/kinds.ts';
import { addActivity, nextActivityNumber } from '../../../prisma/store/activities.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { notice, post, reply } from '../../dialogue/say.ts';
import type { CadreHere } from './activity-choice.ts';
import { activityCard, activityKey, announceForm, checkInText, echo, onlineWords } from './activity-words.ts';

/** What was understood, as it waits for the yes: the date must not be read anew after midnight. */
const keptPlan = z.object({
  title: z.string(),
  place: z.string(),
  startsAt: z.int(),
  endsAt: z.int().optional(),
  offline: z.boolean(),
  kind: z.enum(deedKindNames as [DeedKind, ...DeedKind[]]),
  capacity: z.int().optional(),
});

/** The question that echoes an announcement; nothing to ask where nothing was written. */
export async function askToAnnounce(
  context: CadreHere,
  { text: written }: { readonly text: string },
): Promise<Question | undefined> {
  const { db, group, now } = context;
  if (written === '') return undefined;
  const extras = takeExtras(written);
  if (extras.unknownKind !== undefined)
    throw new CommandFault('no such kind', `没有“${extras.unknownKind}”这一类，可以写：${kindList}。`);
  const reading = readAnnouncement(extras.rest, now);
  if (reading.kind === 'fault') throw new CommandFault('no date-time', reading.say);
  const { assumed } = reading;
  const { capacity, kind = likelyKind(reading.plan) } = extras;
  const plan: ActivityPlan = { ...reading.plan, title: bareTitle(reading.plan.title), kind, capacity };
  const planned = planActivity(await nextActivityNumber(db, group.id), plan, now);
  if (planned.kind === 'fault') throw new CommandFault('no such activity', planned.say);
  return {
    text: `${echo(planned.activity, { assumed, endNamed: plan.endsAt !== undefined }, now)}\n要发布到“${nameOf(group)}”吗？不对就回“否”，写清“时间：… 地点：… 名称：…”再发一遍。`,
    keep: JSON.stringify(plan),
    buttons: [inOtherForm(plan, context)],
  };
}

/** Kinds that an activity is of when none is named. */
const usual: readonly DeedKind[] = ['exchange', 'online_activity'];

/** The same announcement in the other form, spelled out: nothing of it is guessed anew, nor moved by a midnight. */
function inOtherForm(plan: ActivityPlan, { group, now }: CadreHere) {
  const { title, place, startsAt, endsAt, offline, capacity, kind } = plan;
  const form = offline ? '线上' : '线下';
  const time =
    endsAt === undefined ? formatDateTime(startsAt, now) : formatDateTimeRange(startsAt, endsAt, now);
  const places = capacity === undefined ? [] : [`名额：${capacity}`];
  const parts = [
    ...places,
    ...(usual.includes(kind) ? [] : [`类别：${deedKinds[kind].name}`]),
    `形式：${form}`,
    `时间：${time}`,
    ...(place ? [`地点：${place}`] : []),
    `名称：${title}`,
  ];
  return { label: `改成${form}`, command: `/活动 发布 群#${group.id} ${parts.join(' ')}` };
}

/** Posts what was confirmed; shows the form where nothing was written. */
export async function announce(
  context: CadreHere,
  { text: kept }: { readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group, now, chat, person } = context;
  if (kept === '') return [reply(context, announceForm(group))];
  const { endsAt, capacity, ...plan } = keptPlan.parse(JSON.parse(kept));
  const planned = planActivity(await nextActivityNumber(db, group.id), { ...plan, endsAt, capacity }, now);
  if (planned.kind === 'fault') throw new CommandFault('no such activity', planned.say);
  const row = await addActivity(db, group.id, planned.activity, now);
  const posted = post(group.id, activityCard(row, now), { key: activityKey(row.id) });
  const told = `已发布到“${nameOf(group)}”。${checkInText(row, now)}办完后发 /活动 结束 ${row.number} 加一句小结；不办了发 /活动 取消 ${row.number}。${row.offline ? '' : onlineWords}`;
  return [posted, chat.kind === 'group' ? notice(person.id, told, 'reply') : reply(context, told)];
}
