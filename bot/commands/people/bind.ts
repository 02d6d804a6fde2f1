/** 绑定: a cadre proves who they are with a one-time code, and takes a group over (design.md, Authority, rule 9). */
import { z } from 'zod';
import { dayOf, startOfDay } from '../../../domain/calendar/day.ts';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import {
  bind as bindGroup,
  type CadreOfPerson,
  cadreOfGroup,
  cadreOfPerson,
  groupsLedBy,
  type Holder,
  holderOf,
} from '../../../prisma/store/cadres.ts';
import { codeFrom, provedAt } from '../../../prisma/store/codes.ts';
import { openDemands } from '../../../prisma/store/demands.ts';
import { joinGroups, takeAsNew } from '../../../prisma/store/joining-groups.ts';
import { isUnmatched, type UnmatchedGroup, unmatchedGroupsOf } from '../../../prisma/store/looks.ts';
import { askFirst } from '../../dialogue/answer.ts';
import { action, type Context, defineCommand, type Question, type Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { card, notice, reply } from '../../dialogue/say.ts';
import { auditOf, proveBy } from './prove.ts';

/** For so long after the code a handover can be asked for without a new one. */
const freshProofMs = 24 * 3_600_000;

const howToBind = '请发 /绑定 加上团组织给您的一次性绑定码，例如：/绑定 ABCD-1234';

export const bind = defineCommand({
  name: '绑定',
  aliases: ['bind'],
  summary: '团干部用一次性绑定码认证身份、绑定本群',
  actions: [
    action({
      name: '',
      summary:
        '在群里发：认证身份，并由您联系本群；私聊发：只认证身份，之后在自己的群里发一次 /绑定。绑定码由团组织管理员给您，7 天内有效，只能用一次',
      examples: ['/绑定 ABCD-1234', '/绑定'],
      who: 'anyone',
      where: 'both',
      about: 'person',
      arguments: z.string().transform((typed, context) => {
        if (typed.trim() === '') return { code: undefined };
        const code = codeFrom(typed);
        if (code !== undefined) return { code };
        context.addIssue({ code: 'custom', message: '绑定码是 8 位字母和数字' });
        return z.NEVER;
      }),
      confirm: async (context, { code }) => (code === undefined ? handover(context) : undefined),
      run: async (context, { code }) => (code === undefined ? withoutCode(context) : withCode(context, code)),
    }),
  ],
});

async function withCode(context: Context, typed: string): Promise<readonly Saying[]> {
  const { code, told } = await proveBy(context, typed);
  const isPrivate = context.chat.kind === 'private';
  if (code.owner.kind === 'operator')
    return [
      reply(
        context,
        isPrivate
          ? `认证好了，${code.name}，您好！要您处理的事（微信要重新扫码、被限制），我会在这里私下告诉您，夜里也会。不想再收，请运行 npx lianqing operator remove ${code.name}`
          : '运维身份认证好了，有事我私下告诉您。',
      ),
      ...told,
    ];
  if (code.owner.kind === 'administrator')
    return [
      reply(
        context,
        isPrivate
          ? card('认证好了', `${code.unit}管理员 ${code.name}，您好！私聊我发 /本单位 看各级的数目。`, [
              { label: '本单位', command: '/本单位' },
            ])
          : '管理员身份认证好了，请私聊我发 /本单位。',
      ),
      ...told,
    ];
  const cadre = { id: code.owner.id, personId: context.person.id, name: code.name, unit: code.unit };
  if (isPrivate)
    return [
      reply(
        context,
        card(
          '认证好了',
          `${cadre.unit} ${cadre.name}，您好！接下来请到自己的群里发 /绑定，我就开始为这个群服务。`,
          [{ label: '帮助', command: '/帮助' }],
        ),
      ),
      ...told,
    ];
  const question = await handover(context);
  return [
    ...(question ? [await askFirst(context, question, '/绑定')] : await takeOver(context, cadre)),
    ...told,
  ];
}

async function withoutCode(context: Context): Promise<readonly Saying[]> {
  const cadre = await cadreOfPerson(context.db, context.person.id);
  if (!cadre) throw new CommandFault('no code, no cadre', `${howToBind}。`);
  if (context.chat.kind === 'private')
    return [reply(context, `您已认证为${cadre.unit} ${cadre.name}。请到自己的群里发 /绑定。`)];
  return takeOver(context, cadre);
}

/** Binds the group here to a cadre: at once when it is its first, from tomorrow otherwise (rule 9). */
async function takeOver(context: Context, cadre: CadreOfPerson): Promise<readonly Saying[]> {
  const { db, chat, event, person, now } = context;
  if (chat.kind !== 'group') throw new Error('only a group can be taken over');
  const again = await knownAgain(context, cadre);
  if (again) return again;
  const holder = await holderOf(db, chat.groupId);
  const leads = async () => (await cadreOfGroup(db, chat.groupId, dayOf(now)))?.personId === person.id;
  if (holder?.personId === person.id)
    return [
      reply(
        context,
        (await leads())
          ? `本群已经由您联系了。${nextSteps}`
          : `您已接手本群，从明天 0 点起生效。${nextStepsThen}`,
      ),
    ];
  if (holder && holder.cadreId !== cadre.id && !context.confirmed)
    throw new CommandFault('handover without a fresh code', `本群已有团干部。要接手，${howToBind}。`);
  await bindGroup(db, {
    groupId: chat.groupId,
    cadreId: cadre.id,
    personId: person.id,
    at: event.at,
    eventKey: `${event.type === 'message' ? 'm' : 'e'}:${event.id}`,
  });
  await auditOf(context, 'group.bind', `group:${chat.groupId}/cadre:${cadre.id}`);
  const when = holder ? '从明天 0 点起' : '从现在开始';
  const next = (await leads()) ? nextSteps : nextStepsThen;
  return [
    reply(context, card('绑定好了', `${when}，由${cadre.unit} ${cadre.name}联系本群。${next}`)),
    ...(holder && holder.cadreId !== cadre.id
      ? [
          notice(
            holder.personId,
            `从明天 0 点起，您联系的“${nameOf({ id: chat.groupId, name: chat.name })}”由${cadre.unit} ${cadre.name}接手，辛苦了！`,
          ),
          ...(await inherited(context, chat)),
        ]
      : []),
  ];
}

/** A group that is not known again after a login: what its cadre binds is theirs of before, if it can be only one. */
async function knownAgain(context: Context, cadre: CadreOfPerson): Promise<readonly Saying[] | undefined> {
  const { db, chat, accountId, person, now } = context;
  if (chat.kind !== 'group' || !(await isUnmatched(db, chat.groupId))) return undefined;
  const led = new Set((await groupsLedBy(db, cadre.personId, dayOf(now))).map(({ id }) => id));
  const group = (await unmatchedGroupsOf(db, accountId, person.id)).find(({ id }) => id === chat.groupId);
  const theirs = group?.candidates.filter(({ id }) => led.has(id)) ?? [];
  const [only, ...others] = theirs;
  if (!group || !only) return asNew(context, cadre, group);
  if (others.length > 0)
    throw new CommandFault(
      'several groups may be meant',
      '我认不准这是您原来的哪个群，请私聊我发 /认群，选一下就好。',
    );
  await joinGroups(db, chat.groupId, only.id);
  await auditOf(context, 'group.recognise', `group:${only.id}`);
  return [
    reply(
      { ...context, chat: { ...chat, groupId: only.id } },
      '认出来了，这就是您原来的群，之前的数字都接上了。',
    ),
  ];
}

/** A group of nobody before; where it may be another cadre's, it is taken over from them, which asks for a fresh code. */
async function asNew(
  { db, chat, now }: Context,
  cadre: CadreOfPerson,
  group: UnmatchedGroup | undefined,
): Promise<readonly Saying[] | undefined> {
  if (chat.kind !== 'group') return undefined;
  const holders = new Map<number, Holder>();
  for (const { id } of group?.candidates ?? []) {
    const holder = await holderOf(db, id);
    if (holder && holder.cadreId !== cadre.id) holders.set(holder.personId, holder);
  }
  if (holders.size > 0 && !(await isFresh(db, cadre, now)))
    throw new CommandFault(
      'the group may be another cadre’s',
      `我重新登录后还没认出本群，它可能是别的团干部联系的。请那位团干部先私聊我发 /认群；要由您接手，${howToBind}。`,
    );
  await takeAsNew(db, chat.groupId);
  return undefined;
}

/** What is still open when a group changes hands, told to who takes it over on their first morning; at once if urgent. */
async function inherited(
  { db, now, person }: Context,
  chat: { readonly groupId: number; readonly name: string },
): Promise<readonly Saying[]> {
  const open = await openDemands(db, chat.groupId, mostInherited);
  if (open.length === 0) return [];
  const urgent = open.filter(({ text }) => soundsDangerous(text)).length;
  const first = startOfDay(dayOf(now) + 1);
  const group = nameOf({ id: chat.groupId, name: chat.name });
  const press = urgent > 0 ? `其中 ${urgent} 件可能很急，请马上联系本人。` : '';
  const told = card(
    `您接手了“${group}”`,
    `交接时还有 ${open.length} 件诉求没办结。${press}发 /问题清单 看看，有进展时我会告诉提的人。`,
    [{ label: '看清单', command: `/问题清单 列表 群#${chat.groupId}`, style: 'primary' }],
  );
  return [{ ...notice(person.id, told), notBefore: urgent > 0 ? first : first + morningMs }];
}

/** Nobody is left with more than this; milliseconds after midnight at which the quiet hours end. */
const mostInherited = 500;
const morningMs = 8 * 3_600_000;

const nextSteps = '接下来可以发 /亮身份 和大家打个招呼，或发 /话题 推荐。';
const nextStepsThen = '到时可以发 /亮身份 和大家打个招呼，或发 /话题 推荐。';

/** The question before another cadre's group is taken over; nothing to ask where it is nobody's or their own. */
async function handover({ db, chat, person, now }: Context): Promise<Question | undefined> {
  if (chat.kind !== 'group') return undefined;
  const cadre = await cadreOfPerson(db, person.id);
  const holder: Holder | undefined = await holderOf(db, chat.groupId);
  if (!cadre || !holder || holder.cadreId === cadre.id) return undefined;
  if (!(await isFresh(db, cadre, now))) return undefined;
  return {
    text: `本群现在由 ${holder.name} 联系。要从明天 0 点起由您（${cadre.unit} ${cadre.name}）接手吗？`,
  };
}

/** Whether the cadre has used a code not long ago. */
async function isFresh(db: Context['db'], { id }: { readonly id: number }, now: number): Promise<boolean> {
  const proved = await provedAt(db, id);
  return proved !== undefined && proved >= now - freshProofMs;
}
