/** 提醒: the card that `/提醒` answers with. */
import { budgetOf, usualPerWeek } from '../../../domain/reminders/budget.ts';
import { clockOf } from '../../../domain/reminders/hour.ts';
import { usualDigest } from '../../../domain/reminders/stages.ts';
import { everything, mutesOf } from '../../../prisma/store/mutes.ts';
import { reminderSettings, remindersInWeek } from '../../../prisma/store/reminder-settings.ts';
import type { Saying } from '../../dialogue/command.ts';
import { card, reply } from '../../dialogue/say.ts';
import { type Officer, often, type Reminded, type Role, rolesOf, waiting } from './reminded.ts';

/** The operator has not turned reminders on for this platform. */
const offHere = '注意：在这里我现在只答话，不主动提醒；要提醒，请管理员打开（微信是 WECHAT_REMINDERS=on）。';

/** What somebody is reminded of, how often at most, and how to be reminded less; `done` says what was changed. */
export async function overview(context: Officer, done = ''): Promise<Saying> {
  const roles = await rolesOf(context);
  const shown = await Promise.all(roles.map((role) => roleLines(context, role, roles.length > 1)));
  const quiet = shown.every(({ loud }) => !loud);
  return reply(
    context,
    card(
      '提醒设置',
      [
        ...(done === '' ? [] : [done]),
        ...(context.abilities.repliesOnly ? [offHere] : []),
        ...shown.flatMap(({ lines }) => lines),
        '',
        await burden(context),
        '',
        `静音发 /提醒 静音 ${example(roles)}（或 全部），恢复发 /提醒 恢复 ${example(roles)}（或 全部）。`,
      ].join('\n'),
      quiet
        ? [{ label: '全部恢复', command: '/提醒 恢复 全部' }]
        : [...shown.flatMap(({ buttons }) => buttons), { label: '全部静音', command: '/提醒 静音 全部' }],
    ),
  );
}

/** When, how many at most, and how many there have been this week. */
async function burden({ db, person, now, remindersPerWeek = usualPerWeek }: Officer): Promise<string> {
  const chosen = (await reminderSettings(db, [person.id])).get(person.id);
  const had = (await remindersInWeek(db, [person.id], now)).get(person.id) ?? 0;
  const most = budgetOf(remindersPerWeek, chosen?.weekly);
  return `只在晚上 ${clockOf(chosen?.minute ?? usualDigest)} 到 22:00 私下提醒，一晚最多一条，同一件事不反复催，节假日和寒暑假不打扰；换个时间发 /提醒 20:30。\n\n本周主动发了您 ${had} 条，最多 ${most} 条（改少些发 /提醒 每周 3）；剩得不多时，最急的先发；用完就不发了，答您的话不算。`;
}

/** What one role is reminded of, with a button for each that comes often. `loud`: not all of it is muted. */
async function roleLines({ db, now }: Officer, { title, whose, reminded }: Role, several: boolean) {
  const muted = new Set((await mutesOf(db, whose, now)).map(({ requirement }) => requirement));
  const isMuted = ({ id }: Reminded) => muted.has(everything) || muted.has(id);
  const frequent = reminded.filter(({ id }) => often.includes(id));
  const seldom = reminded.filter(({ id }) => !often.includes(id));
  const named = (word: string, those: readonly Reminded[]) =>
    those.length === 0 ? [] : [`${word}：${those.map(({ short }) => short).join('、')}`];
  return {
    lines: [
      ...(several ? [`【${title}】`] : []),
      ...frequent.map((one) => `${one.name}：${isMuted(one) ? '已静音' : '会提醒'}`),
      ...named(
        '到期前提醒',
        seldom.filter((one) => !isMuted(one) && !waiting.includes(one.id)),
      ),
      ...named(
        '有事等您时提醒',
        seldom.filter((one) => !isMuted(one) && waiting.includes(one.id)),
      ),
      ...named('不再提醒', seldom.filter(isMuted)),
    ],
    buttons: frequent
      .filter((one) => !isMuted(one))
      .map(({ short }) => ({ label: `静音${short}`, command: `/提醒 静音 ${short}` })),
    loud: !reminded.every(isMuted),
  };
}

/** A word that this person can write. */
function example(roles: readonly Role[]): string {
  const all = roles.flatMap(({ reminded }) => reminded);
  return (all.find(({ id }) => id === 'topic') ?? all[0])?.short ?? '全部';
}
