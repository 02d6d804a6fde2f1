/** 我的数据: what is kept of the person who asks, as a file, and its erasure after a yes (docs/privacy.md). Privately only. */
import { formatDay } from '../../../domain/calendar/day.ts';
import { formatDateTime, formatDateTimeRange } from '../../../domain/calendar/format-datetime.ts';
import { deedKinds } from '../../../domain/deeds/kinds.ts';
import { stageNames } from '../../../domain/listening/demand.ts';
import { administratorOfPerson } from '../../../prisma/store/administrators.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfPerson } from '../../../prisma/store/cadres.ts';
import { eraseOwn, type OwnData, ownData } from '../../../prisma/store/own-data.ts';
import { anonymousKey } from '../../../prisma/store/private-things.ts';
import { nothing } from '../../dialogue/arguments.ts';
import { action, type Context, defineCommand, type Question, type Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { addressOf } from '../../dialogue/place.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, notice, reply } from '../../dialogue/say.ts';
import type { Sheet } from '../../outbox/message.ts';
import { respondentBy } from '../surveys/survey-answer.ts';
import { noWordText } from '../voices/help-own.ts';
import { backText, takenBackText } from '../voices/wish-claim.ts';

const common = { who: 'anyone', where: 'private', about: 'person', arguments: nothing } as const;

export const myData = defineCommand({
  name: '我的数据',
  aliases: ['我的资料'],
  summary: '看看记着自己的什么，导出成文件，或者删掉',
  byDefault: '查看',
  actions: [
    action({
      ...common,
      name: '查看',
      summary: '记着自己的什么，各有多少；只给本人看',
      examples: ['/我的数据'],
      confirm: false,
      run: async (context) => [await show(context)],
    }),
    action({
      ...common,
      name: '导出',
      summary: '把记着自己的全部内容做成一个表格文件',
      examples: ['/我的数据 导出'],
      confirm: false,
      run: exportOwn,
    }),
    action({
      ...common,
      name: '删除',
      summary: '删掉自己说过和做过的全部；先念清楚删什么、留什么，回“是”才删',
      examples: ['/我的数据 删除'],
      confirm: askToErase,
      run: erase,
    }),
  ],
});

async function load(context: Context): Promise<OwnData> {
  return ownData(context.db, context.person.id, await respondentOf(context));
}

/** Under what name surveys know the person. */
async function respondentOf(context: Context): Promise<Parameters<typeof ownData>[2]> {
  const key = await anonymousKey(context.db, context.person.id);
  return (survey) => respondentBy(context, key, survey);
}

async function show(context: Context): Promise<Saying> {
  const you = await addressOf(context);
  const { groups, demands, activities, confirmations, presence, answers, supports, asked, steps } =
    await load(context);
  const lines = [
    `在 ${groups.filter(({ leftAt }) => leftAt === undefined).length} 个群里`,
    `诉求 ${demands.length} 件，同感的 ${supports} 件；心愿、互助和提问 ${asked.length} 件`,
    `报名、签到过的活动 ${activities.length} 个`,
    `印证 ${confirmations.length} 次`,
    `还能认出的问卷作答 ${answers.length} 份（结束了的不记名问卷，谁也对不出是谁答的）`,
    ...(steps.length > 0 ? [`“十个一”里自己勾的 ${steps.length} 步`] : []),
    `最近几周哪些半小时说过话：${presence.length} 天（没有内容，没有条数）`,
    '聊天内容从来没有存。',
  ];
  return reply(
    context,
    card(`记着${you}的`, lines.join('\n'), [
      { label: '导出', command: '/我的数据 导出' },
      { label: '删除', command: '/我的数据 删除', style: 'danger' },
    ]),
  );
}

async function exportOwn(context: Context): Promise<readonly Saying[]> {
  const sheets = sheetsOf(await load(context), context.now);
  await audit(context, 'data.export');
  if (context.abilities.files === false) return [reply(context, textOf(sheets))];
  return [reply(context, { type: 'workbook', name: '我的数据.xlsx', sheets })];
}

async function askToErase(context: Context): Promise<Question> {
  await refuseOfficers(context);
  return {
    text: [
      '要删掉记着你的数据吗？删了不能恢复，想留底请先发 /我的数据 导出。',
      '会删掉：诉求、心愿、互助和提问的内容和答复（没办完的当作撤回）、报名和请假、印证、还能认出的问卷作答、哪些半小时说过话、参与话题和被提及的记号。',
      '只留下数目：办结过的诉求几件、结束了的活动几人签到（不再知道是你）、已经合成的每天每周人数。',
      '还会留着：群里显示的名字和平台编号，因为你还在群里；退群以后再删一次，名字也会去掉。审计里只有编号，没有内容。以后你再说话、再报名，会重新开始记。',
      '备份里的，由运行机器人的人按期删掉。',
    ].join('\n'),
    yes: '删掉',
    no: '不删',
  };
}

async function erase(context: Context): Promise<readonly Saying[]> {
  await refuseOfficers(context);
  const { db, person, now, random } = context;
  const { moved, waiting } = await eraseOwn(db, person.id, {
    now,
    random,
    respondentOf: await respondentOf(context),
  });
  await audit(context, 'data.erase');
  context.erased?.();
  return [
    reply(context, '都删掉了。你还在群里的话，以后说话、报名会重新开始记；不想被记，可以退群或跟团干部说。'),
    ...moved.flatMap(({ activity: { title, number, startsAt, endsAt }, personIds }) =>
      personIds.map((personId) =>
        notice(
          personId,
          `“${plain(title)}”有空位，轮到你了：${formatDateTimeRange(startsAt, endsAt, now)}。来不了发 /请假 ${number} 就行。`,
        ),
      ),
    ),
    ...waiting.map(({ personId, number, why }) => notice(personId, leftTexts[why](number))),
  ];
}

/** What they are told whom an erasure leaves waiting; the same as after a withdrawal, so that it tells nothing more. */
const leftTexts = {
  'taken back': takenBackText,
  back: backText,
  'no word': noWordText,
} as const;

/** Of cadres and administrators there are bindings, records and others' handovers: the operator does it. */
async function refuseOfficers({ db, person }: Context): Promise<void> {
  if ((await cadreOfPerson(db, person.id)) || (await administratorOfPerson(db, person.id)))
    throw new CommandFault(
      'an officer',
      '您是团干部或管理员，绑定和工作记录要先交接，请联系运行机器人的人来删。您记的工作可以用 /记 撤回，结对用 /结对 结束，勾过的“十个一”用 /十个一 取消。',
    );
}

const signUpNames: Readonly<Record<string, string>> = { in: '报名', waiting: '候补', leave: '请假' };

function sheetsOf(data: OwnData, now: number): readonly Sheet[] {
  const when = (at: number | undefined) => (at === undefined ? '' : formatDateTime(at, now));
  return [
    {
      name: '概况',
      rows: [
        ['项目', '内容'],
        ['显示的名字', data.name],
        ...data.groups.map(({ name, joinedAt, leftAt }) => [
          '群',
          [name, joinedAt && `${when(joinedAt)}进群`, leftAt && `${when(leftAt)}退群`]
            .filter(Boolean)
            .join('，'),
        ]),
        ['支持别人的诉求', data.supports],
        ['最近几周和团干部互相提及、引用', data.addresses],
        ['最近几周参与话题的记号', data.topicMarks],
        ...data.steps.map(({ step, day }) => [`“十个一”第 ${step} 步`, `${formatDay(day)}自己勾的`]),
      ],
    },
    {
      name: '诉求',
      rows: [
        ['群', '编号', '时间', '内容', '状态', '答复'],
        ...data.demands.map(({ group, number, createdAt, text, state, reply: answer }) => [
          group,
          number,
          when(createdAt),
          text,
          stageNames[state],
          answer ?? '',
        ]),
      ],
    },
    {
      name: '活动',
      rows: [
        ['群', '活动', '时间', '报名', '签到'],
        ...data.activities.map(({ group, title, startsAt, signUp, checkedInAt }) => [
          group,
          title,
          when(startsAt),
          signUp === undefined ? '' : (signUpNames[signUp] ?? signUp),
          when(checkedInAt),
        ]),
      ],
    },
    {
      name: '印证',
      rows: [
        ['团干部', '工作', '日期'],
        ...data.confirmations.map(({ cadre, kind, day }) => [cadre, deedKinds[kind].name, formatDay(day)]),
      ],
    },
    {
      name: '心愿、互助、提问',
      rows: [
        ['哪一种', '编号', '内容', '状态', '答复、回话'],
        ...data.asked.map(({ what, number, text, state, answer }) => [what, number, text, state, answer]),
      ],
    },
    {
      name: '问卷',
      rows: [['问卷', '作答'], ...data.answers.map(({ survey, answers }) => [survey, answers])],
    },
    {
      name: '哪些半小时说过话',
      rows: [
        ['群', '日期', '半小时'],
        ...data.presence.map(({ group, day, slots }) => [group, formatDay(day), halfHours(slots)]),
      ],
    },
  ];
}

/** “08:00、21:30”: the begins of the half-hours. */
function halfHours(slots: number): string {
  const bits = BigInt(slots);
  return Array.from({ length: 48 }, (_, i) => i)
    .filter((i) => (bits >> BigInt(i)) & 1n)
    .map((i) => `${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`)
    .join('、');
}

/** The same as text, where no file can be sent. */
function textOf(sheets: readonly Sheet[]): string {
  return sheets
    .filter(({ rows }) => rows.length > 1)
    .map(({ name, rows }) =>
      [`【${name}】`, ...rows.map((row) => row.map((cell) => plain(String(cell))).join('　'))].join('\n'),
    )
    .join('\n\n');
}

async function audit({ db, secret, now, person }: Context, what: string): Promise<void> {
  const actor = `person:${person.id}`;
  await recordAudit(db, secret.hash, { at: now, actor, action: what, subject: actor });
}
