/** 活动: announced by the cadre, checked in at by the youths, closed with a note (每季度有线下活动, counting rule 6). */
import { z } from 'zod';
import {
  type ActivityPlan,
  checkInCode,
  checkInHours,
  closeActivity,
  planActivity,
} from '../../domain/activities/activity.ts';
import { parseDateTime } from '../../domain/calendar/chinese-datetime.ts';
import { formatDateTimeRange } from '../../domain/calendar/format-datetime.ts';
import {
  type ActivityRow,
  activityNumbered,
  addActivity,
  checkedIn,
  keepClosing,
  latestActivities,
  nextActivityNumber,
  unfinishedActivities,
} from '../../prisma/store/activities.ts';
import type { Draft } from '../outbox/message.ts';
import { nothing, number, numberAndText, text } from './arguments.ts';
import { action, type ContextFor, defineCommand, type Question, type Saying } from './command.ts';
import { CommandFault } from './fault.ts';
import { nameOf } from './place.ts';
import { card, closeCard, notice, post, reply } from './say.ts';

type CadreHere = ContextFor<'cadre', 'group'>;

const shownInList = 10;

export const activity = defineCommand({
  name: '活动',
  aliases: ['activity'],
  summary: '每季度有线下活动：发布、签到码、结束、查看',
  byDefault: '列表',
  actions: [
    action({
      name: '发布',
      aliases: ['发'],
      summary:
        '发布一个活动：时间、地点、名称。我先把时间念给您听，您说“是”才发到群里；线上活动请写上“线上”，不用写地点',
      examples: ['/活动 发布 周六下午2点-4点 操场 夜跑', '/活动 发布 9月5日19:00 线上 读书分享会'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: text('请写时间、地点和名称', 600),
      confirm: ask,
      run: announce,
    }),
    action({
      name: '签到码',
      summary: '看一个活动的四位签到码，到现场再给大家看',
      examples: ['/活动 签到码 2'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: number('请写活动的编号'),
      confirm: false,
      run: async (context, wanted) => {
        const row = await find(context, wanted.number);
        return [reply(context, codeText(row, context.now))];
      },
    }),
    action({
      name: '结束',
      summary: '活动办完后，写一句小结；我在群里向大家道谢，并公布签到人数',
      examples: ['/活动 结束 2 来了二十多位，跑了三公里'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: numberAndText('请写活动的编号和一句小结', 1000),
      confirm: false,
      run: end,
    }),
    action({
      name: '列表',
      summary: '看看最近的活动',
      examples: ['/活动 列表', '/活动'],
      who: 'anyone',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const rows = await latestActivities(context.db, context.group.id, shownInList);
        const lines: string[] = [];
        for (const row of rows)
          lines.push(line(row, (await checkedIn(context.db, row.id)).length, context.now));
        return [
          reply(context, lines.length > 0 ? card('最近的活动', lines.join('\n')) : '还没有发布过活动。'),
        ];
      },
    }),
  ],
});

/** What was understood, as it waits for the yes: the date must not be read anew after midnight. */
const keptPlan = z.object({
  title: z.string(),
  place: z.string(),
  startsAt: z.int(),
  endsAt: z.int().optional(),
  offline: z.boolean(),
});

async function ask(context: CadreHere, { text: written }: { readonly text: string }): Promise<Question> {
  const { db, group, now } = context;
  const { plan, assumed } = planOf(written, now);
  const planned = planActivity(await nextActivityNumber(db, group.id), plan, '0000', now);
  if (planned.kind === 'fault') throw new CommandFault('no such activity', planned.say);
  const { title, startsAt, endsAt } = planned.activity;
  const lines = [
    `活动：${title}`,
    `时间：${formatDateTimeRange(startsAt, endsAt, now)}${assumed ? '（上下午是我猜的，请看清楚）' : ''}${plan.endsAt === undefined ? '（没写结束时间，按两小时算）' : ''}`,
    `地点：${placeOf(planned.activity)}`,
    `要发布到“${nameOf(group)}”吗？`,
  ];
  return { text: lines.join('\n'), keep: JSON.stringify(plan) };
}

/** Time out of the text; of the other words the first is the place, the rest the title. */
function planOf(written: string, now: number): { readonly plan: ActivityPlan; readonly assumed: boolean } {
  const read = parseDateTime(written, now);
  if (read.kind === 'fault') throw new CommandFault('no date-time', read.say);
  const words = read.rest.split(/\s+/u).filter(Boolean);
  const online = words.includes('线上');
  const named = words.filter((word) => word !== '线上' && word !== '线下');
  const [place = '', ...others] = online || named.length < 2 ? ['', ...named] : named;
  const plan = {
    title: others.join(' '),
    place,
    startsAt: read.at,
    endsAt: read.until,
    offline: !online,
  };
  return { plan, assumed: read.assumed };
}

async function announce(
  context: CadreHere,
  { text: kept }: { readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group, now, chat, person } = context;
  const { endsAt, ...plan } = keptPlan.parse(JSON.parse(kept));
  const code = await freshCode(context);
  const planned = planActivity(await nextActivityNumber(db, group.id), { ...plan, endsAt }, code, now);
  if (planned.kind === 'fault') throw new CommandFault('no such activity', planned.say);
  const row = await addActivity(db, group.id, planned.activity, now);
  const posted = post(group.id, activityCard(row, now), { key: activityKey(row.id) });
  const told = `已发布到“${nameOf(group)}”。${codeText(row, now)}办完后发 /活动 结束 ${row.number} 加一句小结。`;
  // The code is for the spot: never in the group.
  return [posted, chat.kind === 'group' ? notice(person.id, told) : reply(context, told)];
}

/** A code that no other unfinished activity of the group has. */
async function freshCode({ db, group, now, random }: CadreHere): Promise<string> {
  const taken = new Set((await unfinishedActivities(db, [group.id], now)).map(({ code }) => code));
  let code = checkInCode(random(4));
  for (let again = 0; taken.has(code) && again < 20; again++) code = checkInCode(random(4));
  return code;
}

async function end(
  context: CadreHere,
  { number: wanted, text: note }: { readonly number: number; readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group, now, chat } = context;
  const row = await find(context, wanted);
  const closing = closeActivity(row, note, now);
  if (closing.kind === 'fault') throw new CommandFault('the activity cannot end', closing.say);
  if (!(await keepClosing(db, row.id, closing.activity)))
    throw new CommandFault('the activity was closed meanwhile', `活动${row.number}已经结束并写过小结了。`);
  const came = (await checkedIn(db, row.id)).length;
  const thanks = post(
    group.id,
    card(
      `活动${row.number}｜${row.title}　结束啦`,
      `${closing.activity.note ?? ''}\n签到 ${came} 人，谢谢大家！没来的下次再约。`,
    ),
  );
  const { form: _, ...closed } = activityCard(row, now);
  const replaced = closeCard(group.id, activityKey(row.id), { ...closed, text: `已结束，签到 ${came} 人。` });
  return chat.kind === 'group'
    ? [thanks, replaced]
    : [
        thanks,
        replaced,
        reply(context, `活动${row.number}已结束，签到 ${came} 人，小结已发到“${nameOf(group)}”。`),
      ];
}

async function find({ db, group }: CadreHere, wanted: number): Promise<ActivityRow> {
  const row = await activityNumbered(db, group.id, wanted);
  if (!row) throw new CommandFault('no such activity', `没有活动${wanted}，发 /活动 列表 看看编号。`);
  return row;
}

/** Under which key an activity's card is posted. */
function activityKey(id: number): string {
  return `activity/${id}`;
}

function activityCard(row: ActivityRow, now: number): Extract<Draft, { type: 'card' }> {
  return {
    type: 'card',
    title: `活动${row.number}｜${row.title}`,
    text: '想来就来，不用报名，不来也没关系。到现场后用四位签到码签到：在下面填，或发 /签到 加签到码。',
    fields: [
      { label: '时间', value: formatDateTimeRange(row.startsAt, row.endsAt, now) },
      { label: '地点', value: placeOf(row) },
    ],
    form: {
      command: `/签到 ${row.number}`,
      submit: '签到',
      fields: [{ name: 'code', label: '签到码', placeholder: '现场的四位数字' }],
    },
  };
}

function codeText(row: ActivityRow, now: number): string {
  const { from, until } = checkInHours(row);
  return `活动${row.number}“${row.title}”的签到码是 ${row.code}，${formatDateTimeRange(from, until, now)} 可签；请到现场再给大家看。`;
}

function placeOf({ place, offline }: { readonly place: string; readonly offline: boolean }): string {
  return offline ? place || '没有写' : '线上';
}

function line(row: ActivityRow, came: number, now: number): string {
  const state =
    row.closedAt !== undefined
      ? `已结束，签到 ${came} 人`
      : row.endsAt < now
        ? '等小结'
        : row.startsAt <= now
          ? '进行中'
          : '未开始';
  return `活动${row.number}　${row.title}　${formatDateTimeRange(row.startsAt, row.endsAt, now)}　${placeOf(row)}　${state}`;
}
