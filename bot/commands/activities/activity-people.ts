/** 活动 名单, 点名: who signed up and who came, for the cadre's eyes alone; who did not come is nowhere. */
import { z } from 'zod';
import { checkInHours } from '../../../domain/activities/activity.ts';
import { dayOf } from '../../../domain/calendar/day.ts';
import { type ActivityRow, checkedIn, checkIn, countCheckIns } from '../../../prisma/store/activities.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import { namesOf } from '../../../prisma/store/demands.ts';
import { youthsOf } from '../../../prisma/store/identity.ts';
import { signUpsOf } from '../../../prisma/store/sign-ups.ts';
import { leadingNumber } from '../../dialogue/arguments.ts';
import type { Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, reply } from '../../dialogue/say.ts';
import { oneLine } from '../../render/legible.ts';
import { type CadreHere, findActivity } from './activity-choice.ts';
import { titleOf } from './activity-words.ts';

const longestTyped = 2_000;

/** An activity's number and names, with anything between them. */
export const ticking = z.string().transform((typed, context) => {
  const found = leadingNumber(typed.slice(0, longestTyped));
  if (found)
    return {
      number: found.number,
      names: [
        ...new Set(
          plain(found.rest)
            .split(/[\s，,、;；]+/u)
            .filter(Boolean),
        ),
      ],
    };
  context.addIssue({ code: 'custom', message: '请写活动的编号和来了的人的名字' });
  return z.NEVER;
});

/** Who signed up, waits and came. Of those who said they would not come there is a number alone. */
export async function showPeople(
  context: CadreHere,
  wanted: { readonly number: number },
): Promise<readonly Saying[]> {
  const { db } = context;
  const row = await findActivity(context, wanted.number);
  const all = await signUpsOf(db, row.id);
  const came = await checkedIn(db, row.id);
  const names = await namesOf(db, [...all.map(({ personId }) => personId), ...came]);
  const called = (ids: readonly number[]) => ids.map((id) => nameFrom(names, id)).join('、') || '还没有';
  const of = (state: string) => all.filter((one) => one.state === state).map(({ personId }) => personId);
  const [inside, waiting, leave] = [of('in'), of('waiting'), of('leave')];
  const places = row.capacity === undefined ? '' : `／名额 ${row.capacity}`;
  const { byCode, ticked } = await countCheckIns(db, row.id);
  await audit(context, 'activity.people', row);
  const lines = [
    `报名 ${inside.length} 人${places}：${called(inside)}`,
    ...(waiting.length > 0 ? [`候补 ${waiting.length} 人：${called(waiting)}`] : []),
    ...(leave.length > 0 ? [`请假 ${leave.length} 人`] : []),
    `签到 ${byCode + ticked} 人（用码 ${byCode}，点名 ${ticked}）：${called(came)}`,
    '名单只给您看。没来的人不用问，也不会有任何后果。',
  ];
  return [reply(context, card(`${titleOf(row)}　名单`, lines.join('\n')))];
}

/** Checks in those whose names the cadre gives; says which names are nobody's or several people's. */
export async function tick(
  context: CadreHere,
  { number, names }: { readonly number: number; readonly names: readonly string[] },
): Promise<readonly Saying[]> {
  const { db, now, group } = context;
  const row = await findActivity(context, number);
  if (row.closedAt !== undefined)
    throw new CommandFault('the activity is closed', `${titleOf(row)} 已经结束了。`);
  if (now < checkInHours(row).from)
    throw new CommandFault('too early', `${titleOf(row)} 还没开始签到，开始前 30 分钟才可以点名。`);
  const cadre = await cadreOfGroup(db, group.id, dayOf(now));
  const youths = await youthsOf(db, group.id, cadre?.personId);
  const known = await namesOf(db, youths);
  if (names.length === 0)
    throw new CommandFault('no names', `请写来了的人的名字，比如：/活动 点名 ${number} 小明 小红`);
  const [ticked, before, nobody, several]: string[][] = [[], [], [], []];
  const called = new Set(youths.map((id) => nameFrom(known, id)));
  for (const name of new Set(names.flatMap((typed) => apart(typed, called)))) {
    const found = youths.filter((id) => nameFrom(known, id) === name);
    const [only] = found;
    if (only === undefined) nobody?.push(name);
    else if (found.length > 1) several?.push(name);
    else (await checkIn(db, row.id, only, now, true)) ? ticked?.push(name) : before?.push(name);
  }
  await audit(context, 'activity.tick', row);
  const line = (words: string, list: readonly string[] = []) =>
    list.length > 0 ? [`${words}：${list.join('、')}`] : [];
  const lines = [
    ...line(`点到 ${ticked?.length ?? 0} 人`, ticked),
    ...line('早就签到了', before),
    ...line(
      '群里没有叫这个名字的，请照群里显示的名字写',
      nobody?.map((name) => hinted(name, youths, known)),
    ),
    ...line('群里有几个人叫这个名字，我不猜是哪一位，请他们自己用签到码签', several),
  ];
  return [reply(context, card(`${titleOf(row)}　点名`, lines.join('\n')))];
}

/** 小明和小红 are two; 李和平 is one where there is one of that name. */
function apart(typed: string, called: ReadonlySet<string>): readonly string[] {
  if (called.has(typed) || !typed.includes('和')) return [typed];
  for (let at = typed.indexOf('和'); at >= 0; at = typed.indexOf('和', at + 1))
    if (called.has(typed.slice(0, at))) return [typed.slice(0, at), ...apart(typed.slice(at + 1), called)];
  return typed.split('和').filter(Boolean);
}

/** “米热（是不是“古丽米热”？）”: the only name that holds what was typed. */
function hinted(typed: string, youths: readonly number[], known: ReadonlyMap<number, string>): string {
  const alike = [...new Set(youths.map((id) => nameFrom(known, id)))].filter((name) => name.includes(typed));
  const [only] = alike;
  return only && alike.length === 1 && [...typed].length > 1 ? `${typed}（是不是“${only}”？）` : typed;
}

function nameFrom(names: ReadonlyMap<number, string>, id: number): string {
  return plain(oneLine(names.get(id) ?? '')) || '一位小伙伴';
}

async function audit({ db, secret, now, person }: CadreHere, what: string, row: ActivityRow): Promise<void> {
  const subject = `activity:${row.id}`;
  await recordAudit(db, secret.hash, { at: now, actor: `person:${person.id}`, action: what, subject });
}
