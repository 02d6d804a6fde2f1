/** 报名, 请假, 我的活动: a youth signs up of their own will, and says so when they do not come. Nothing follows from either. */
import { hoursOf } from '../../../domain/activities/activity.ts';
import { decideLeave, decideSignUp, type SignUpState } from '../../../domain/activities/sign-up.ts';
import { dayOf } from '../../../domain/calendar/day.ts';
import { formatDateTimeRange } from '../../../domain/calendar/format-datetime.ts';
import { type ActivityRow, unfinishedActivities } from '../../../prisma/store/activities.ts';
import { groupsJoinedBy } from '../../../prisma/store/cadres.ts';
import {
  activitiesOfPerson,
  keepSignUp,
  type MyActivity,
  moveUp,
  signUpsToChange,
} from '../../../prisma/store/sign-ups.ts';
import { nothing, numberOrNothing } from '../../dialogue/arguments.ts';
import { action, type Context, defineCommand } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, notice, quietly, reply, toStrangers } from '../../dialogue/say.ts';

const shownAtMost = 20;
const common = { who: 'youth', about: 'person', confirm: false } as const;

interface Wanted {
  readonly number: number | undefined;
}

export const signUp = defineCommand({
  name: '报名',
  aliases: ['我要报名'],
  summary: '报名参加活动，也包括志愿服务',
  actions: [
    action({
      ...common,
      name: '',
      summary: '写上活动编号；只有一个活动时不用写。名额满了就进候补，有空位我私下告诉你',
      examples: ['/报名 2', '/报名'],
      where: 'both',
      arguments: numberOrNothing('请写活动的编号'),
      run: async (context, wanted) => {
        const { row, state, when } = await settle(context, wanted, '/报名', decideSignUp);
        return [
          quietly(
            context,
            state === 'in'
              ? `报上了：“${row.title}”，${when}。前一天我提醒你一次；来不了发 /请假 ${row.number} 就行。${toStrangers(context)}`
              : `“${row.title}”名额满了，你在候补里，有空位我私下告诉你。${toStrangers(context)}`,
          ),
        ];
      },
    }),
  ],
});

export const leave = defineCommand({
  name: '请假',
  aliases: ['取消报名', '不去了'],
  summary: '报了名又来不了，说一声',
  actions: [
    action({
      ...common,
      name: '',
      summary: '写上活动编号，不用写原因，也没有任何后果；位子让给候补的人',
      examples: ['/请假 2', '/请假'],
      where: 'both',
      arguments: numberOrNothing('请写活动的编号'),
      run: async (context, wanted) => {
        const { row, when } = await settle(context, wanted, '/请假', decideLeave);
        const up = await moveUp(context.db, row);
        return [
          quietly(context, `好的，“${row.title}”给你请假了，下次再约。`),
          ...up.map((personId) =>
            notice(personId, `“${row.title}”有空位，轮到你了：${when}。来不了发 /请假 ${row.number} 就行。`),
          ),
        ];
      },
    }),
  ],
});

export const myActivities = defineCommand({
  name: '我的活动',
  aliases: [],
  summary: '看看自己报名和参加过的活动、志愿服务时长',
  actions: [
    action({
      ...common,
      name: '',
      summary: '只给你自己看',
      examples: ['/我的活动'],
      where: 'private',
      arguments: nothing,
      run: async (context) => {
        const rows = await activitiesOfPerson(context.db, context.person.id, shownAtMost);
        if (rows.length === 0) return [reply(context, '你还没有报名或参加过活动，来不来都随你。')];
        const hours = rows
          .filter((row) => row.came && row.kind === 'volunteering' && !row.cancelled)
          .reduce((sum, row) => sum + hoursOf(row), 0);
        const lines = rows.map((row) => line(row, context.now));
        if (hours > 0) lines.push(`最近 ${rows.length} 次里，志愿服务共 ${hours} 小时。`);
        return [reply(context, card('你的活动', lines.join('\n')))];
      },
    }),
  ],
});

function line(row: MyActivity, now: number): string {
  const states = { in: '已报名', waiting: '候补中', leave: '请假了' } as const;
  const state = row.cancelled
    ? '取消了'
    : row.came
      ? `参加了，${hoursOf(row)} 小时`
      : row.state && row.startsAt > now
        ? states[row.state]
        : '';
  const when = formatDateTimeRange(row.startsAt, row.endsAt, now);
  return [`${plain(row.group)} 活动${row.number}`, row.title, when, state].filter(Boolean).join('　');
}

/** Keeps what was decided of the person's sign-up for the activity that they mean. Throws {@link CommandFault}. */
async function settle(
  context: Context,
  wanted: Wanted,
  command: string,
  decide: typeof decideSignUp | typeof decideLeave,
): Promise<{ readonly row: ActivityRow; readonly state: SignUpState; readonly when: string }> {
  const row = await only(context, wanted, command);
  const { db, person, now } = context;
  const decision = decide(row, await signUpsToChange(db, row.id), person.id, now);
  if (decision.kind === 'fault') throw new CommandFault('no such change of a sign-up', decision.say);
  const { state } = decision;
  await keepSignUp(db, row.id, { personId: person.id, state, at: now });
  return { row, state, when: formatDateTimeRange(row.startsAt, row.endsAt, now) };
}

/** The activity that was named, or the only one to come; privately of all groups that they are in. */
async function only(
  { db, chat, person, now }: Context,
  { number }: Wanted,
  command: string,
): Promise<ActivityRow> {
  const groups =
    chat.kind === 'group'
      ? [chat.groupId]
      : (await groupsJoinedBy(db, person.id, dayOf(now))).map(({ id }) => id);
  const open = (await unfinishedActivities(db, groups, now)).filter(
    (row) => number === undefined || row.number === number,
  );
  const [row, ...others] = open;
  if (!row)
    throw new CommandFault(
      'no such activity',
      number === undefined ? '现在没有可以报名的活动。' : `没有可以报名的活动${number}，发 /活动 列表 看看。`,
    );
  if (others.length > 0)
    throw new CommandFault(
      'several activities',
      number === undefined
        ? `现在有几个活动，请写上编号，例如：${command} ${row.number}（发 /活动 列表 看看）`
        : `你的几个群都有活动${number}，请到那个群里发 ${command} ${number}。`,
    );
  return row;
}
