/** 问: a question to the cadre; what has been answered and kept is offered first, so that nobody waits for it again. */
import { dayMs, dayOf } from '../../../domain/calendar/day.ts';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import {
  decideInquiry,
  likeEnough,
  longestInquiry,
  mostInquiriesADay,
} from '../../../domain/listening/inquiry.ts';
import { TwinIndex } from '../../../domain/listening/similar.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import { namesOf } from '../../../prisma/store/demands.ts';
import {
  addInquiry,
  type FaqEntry,
  faqOf,
  inquiriesSince,
  inquiryNumbered,
  moveInquiry,
  sameInquiry,
} from '../../../prisma/store/inquiries.ts';
import { nothing, number } from '../../dialogue/arguments.ts';
import {
  action,
  type ContextFor,
  defineCommand,
  type Question,
  type Saying,
} from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, notice, quietly, reply } from '../../dialogue/say.ts';
import { oneLine, shorten } from '../../render/legible.ts';
import { demand } from '../listening/demand.ts';
import { heardText } from './cry-instead.ts';
import { refuseNameless } from './suggestion.ts';

type YouthHere = ContextFor<'youth', 'group'>;
type AnyoneHere = ContextFor<'anyone', 'group'>;

const shownInList = 12;
/** Half-width columns of an answer in the list. */
const answerWidth = 100;
const offered = 2;

export const ask = defineCommand({
  name: '问',
  aliases: ['提问', '请问', '常见问题'],
  summary: '问团干部一个问题，或看看常见问题的答案',
  byDefault: '列表',
  actions: [
    action({
      name: '列表',
      summary: '看常见问题和答案；没有任何人的名字',
      examples: ['/问 列表', '/问'],
      who: 'anyone',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: list,
    }),
    action({
      name: '',
      summary:
        '问团干部一个问题：有相近的答案我先给你看；在群里问的在群里答，私聊问的只答给你。收不收进常见问题由团干部定，不写名字',
      examples: ['/问 校园卡丢了去哪儿补办'],
      who: 'youth',
      where: 'both',
      about: 'group',
      arguments: heardText('想问什么？写在后面就行', longestInquiry),
      confirm: offerAnswers,
      urgent: soundsDangerous,
      run: put,
    }),
    action({
      name: '看',
      aliases: ['查看'],
      summary: '看一个常见问题的完整答案',
      examples: ['/问 看 3'],
      who: 'anyone',
      where: 'both',
      about: 'group',
      arguments: number('请写常见问题的编号，发 /问 列表 看得到'),
      confirm: false,
      run: async (context, wanted) => {
        const found = (await faqOf(context.db, context.group.id)).find((one) => one.number === wanted.number);
        if (!found)
          throw new CommandFault('not in the FAQ', `常见问题里没有 ${wanted.number} 号，发 /问 列表 看看。`);
        return [reply(context, card(`常见问题 ${found.number} 号`, whole(found)))];
      },
    }),
    action({
      name: '撤回',
      summary: '收回自己问的，内容一个字也不留；团干部用自己的话收进常见问题的除外',
      examples: ['/问 撤回 3'],
      who: 'youth',
      where: 'private',
      about: 'group',
      arguments: number('请写问题的编号，发 /我的 看得到'),
      confirm: false,
      run: withdraw,
    }),
  ],
});

async function list(context: AnyoneHere): Promise<readonly Saying[]> {
  const entries = await faqOf(context.db, context.group.id);
  if (entries.length === 0)
    return [reply(context, '还没有常见问题。想问团干部什么，发 /问 加内容；私聊问的只答给你。')];
  const lines = entries
    .slice(-shownInList)
    .map(
      ({ number: n, question, answer }) =>
        `${n} 号　${oneLine(question)}\n　　${shorten(oneLine(answer), answerWidth)}`,
    );
  const more = entries.length - lines.length;
  const foot = '看完整的答案发 /问 看 编号；没有你要的，发 /问 加内容。';
  return [
    reply(
      context,
      card('常见问题', [...lines, ...(more > 0 ? [`还有早些的 ${more} 个。`] : []), '', foot].join('\n')),
    ),
  ];
}

function whole({ question, answer }: FaqEntry): string {
  return `问：${question}\n答：${answer}`;
}

/** What has been answered already and resembles the question; nothing for a cry for help, which waits for nothing. */
async function offerAnswers(
  { db, group }: YouthHere,
  { text }: { readonly text: string },
): Promise<Question | undefined> {
  refuseNameless(text);
  if (soundsDangerous(text)) return undefined;
  const entries = await faqOf(db, group.id);
  const index = new TwinIndex();
  for (const { number: n, question } of entries) index.add(n, question);
  const near = index.search(text, offered).filter(({ likeness }) => likeness >= likeEnough);
  const found = near.flatMap(({ id }) => entries.find((one) => one.number === id) ?? []);
  if (found.length === 0) return undefined;
  return {
    text: `以前有人问过相近的，看看是不是：\n\n${found.map(whole).join('\n\n')}\n\n还要问团干部吗？`,
    yes: '还是要问',
    no: '不用了',
  };
}

async function put(context: YouthHere, { text }: { readonly text: string }): Promise<readonly Saying[]> {
  // It goes to the cadre by name in any case: told at once, as a demand is.
  if (soundsDangerous(text))
    return (await demand.actions.find(({ name }) => name === '')?.run(context, text)) ?? [];
  const { db, group, person, now, secret, chat } = context;
  const cadre = await cadreOfGroup(db, group.id, dayOf(now));
  if (!cadre)
    throw new CommandFault('no cadre to ask', '这个群还没有绑定团干部，暂时没人能答。等团干部绑定后再问吧。');
  const same = await sameInquiry(db, group.id, person.id, text);
  if (same) return [quietly(context, `这个问题已经转给团干部了，是第 ${same.number} 个，有答复马上告诉你。`)];
  if ((await inquiriesSince(db, person.id, now - dayMs)) >= mostInquiriesADay)
    throw new CommandFault(
      'too many in a day',
      `今天已经问了 ${mostInquiriesADay} 个了，都会有答复。不急的，明天再问；急的，直接找团干部。`,
    );
  const inGroup = chat.kind === 'group';
  const row = await addInquiry(db, { groupId: group.id, askerId: person.id, inGroup, text }, now);
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: 'inquiry.ask',
    subject: `inquiry:${row.id}/cadre:${cadre.id}`,
  });
  const name = plain(oneLine((await namesOf(db, [person.id])).get(person.id) ?? '')) || '一位小伙伴';
  const where = inGroup ? '在群里问的，答复也发到群里' : '私下问的，只答给对方';
  return [
    quietly(
      context,
      `转给团干部了，是第 ${row.number} 个问题，${inGroup ? '答复会发在群里' : '答复只发给你'}。`,
    ),
    notice(cadre.personId, {
      type: 'card',
      title: `“${nameOf(group)}”有人问您：第 ${row.number} 个`,
      text: `${name}：${text}\n（${where}）\n答复发 /答疑 ${row.number} 加内容。`,
      form: {
        command: `/答疑 群#${group.id} ${row.number}`,
        submit: '答复',
        fields: [{ name: 'answer', label: '答复', placeholder: '一两句话就好', multiline: true }],
      },
    }),
  ];
}

async function withdraw(context: YouthHere, wanted: { readonly number: number }): Promise<readonly Saying[]> {
  const { db, group, person, now, secret } = context;
  const row = await inquiryNumbered(db, group.id, wanted.number);
  if (!row || row.askerId !== person.id)
    throw new CommandFault('not one’s own', `你没有问过第 ${wanted.number} 个，发 /我的 看看编号。`);
  const decision = decideInquiry(row, { step: 'withdraw' });
  if (decision.kind === 'fault') throw new CommandFault('no such step', decision.say);
  if (!(await moveInquiry(db, row, decision.inquiry)))
    throw new CommandFault('moved meanwhile', '刚刚有了变化，请再看一遍 /我的。');
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: 'inquiry.withdraw',
    subject: `inquiry:${row.id}`,
  });
  const cadre = await cadreOfGroup(db, group.id, dayOf(now));
  const open = row.state === 'open';
  return [
    reply(context, `第 ${row.number} 个问题撤回了，内容已经抹掉。以后想问，随时再来。`),
    ...(open && cadre
      ? [notice(cadre.personId, `“${nameOf(group)}”的第 ${row.number} 个问题对方撤回了，不用再答。`)]
      : []),
  ];
}
