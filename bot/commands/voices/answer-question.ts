/** 答疑: the cadre answers questions, and keeps what others may ask in the group's FAQ, without anybody's name. */
import {
  decideInquiry,
  type InquiryStep,
  longestAnswer,
  longestInquiry,
} from '../../../domain/listening/inquiry.ts';
import { hideContacts, redact } from '../../../domain/redaction/redact.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { namesOf } from '../../../prisma/store/demands.ts';
import { youthsOf } from '../../../prisma/store/identity.ts';
import {
  countOpenInquiries,
  type InquiryRow,
  inquiryNumbered,
  moveInquiry,
  openInquiries,
} from '../../../prisma/store/inquiries.ts';
import { nothing, number, numberAndMaybeText, numberAndText } from '../../dialogue/arguments.ts';
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
import { card, notice, post, reply } from '../../dialogue/say.ts';
import { oneLine, shorten } from '../../render/legible.ts';

type CadreHere = ContextFor<'cadre', 'group'>;
type Said = { readonly number: number; readonly text: string };

const shownInList = 15;
/** Half-width columns. */
const questionWidth = 120;

export const answerQuestion = defineCommand({
  name: '答疑',
  aliases: ['回答', '答问'],
  summary: '答小伙伴问的，把常问的收进常见问题',
  byDefault: '列表',
  actions: [
    action({
      name: '列表',
      summary: '看等您答的问题',
      examples: ['/答疑 列表', '/答疑'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: list,
    }),
    action({
      name: '',
      summary: '答一个问题：在群里问的答到群里，私下问的只答给对方；再发一次就是改答案，常见问题里也跟着改',
      examples: ['/答疑 3 一卡通中心，工作日都开，带学生证'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: numberAndText('请写问题的编号和答复', longestAnswer),
      confirm: false,
      run: answer,
    }),
    action({
      name: '收录',
      aliases: ['收进'],
      summary: '把答过的收进常见问题，不写名字；先给您看大家会看到什么，也可以换个问法',
      examples: ['/答疑 收录 3', '/答疑 收录 3 校园卡丢了怎么补办'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: numberAndMaybeText('请写问题的编号', longestInquiry),
      confirm: preview,
      run: include,
    }),
    action({
      name: '移除',
      aliases: ['撤下'],
      summary: '从常见问题里拿掉',
      examples: ['/答疑 移除 3'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: number('请写常见问题的编号'),
      confirm: false,
      run: async (context, wanted) => {
        const row = await find(context, wanted.number);
        await step(context, row, { step: 'remove' });
        return [reply(context, `第 ${row.number} 个从常见问题里拿掉了。`)];
      },
    }),
  ],
});

async function list(context: CadreHere): Promise<readonly Saying[]> {
  const { db, group } = context;
  const rows = await openInquiries(db, group.id, shownInList);
  if (rows.length === 0)
    return [reply(context, `“${nameOf(group)}”没有等您答的问题。常见问题发 /问 列表 看。`)];
  await audit(context, 'inquiry.read', `inquiries:${rows.map(({ id }) => id).join(',')}`);
  const names = await namesOf(
    db,
    rows.flatMap(({ askerId }) => askerId ?? []),
  );
  const lines = rows.map((row) => {
    const name = plain(oneLine(names.get(row.askerId ?? 0) ?? '')) || '一位小伙伴';
    const where = row.inGroup ? '群里问' : '私下问';
    return `第 ${row.number} 个（${where}）${name}：${shorten(oneLine(row.text), questionWidth)}`;
  });
  const more = (await countOpenInquiries(db, group.id)) - rows.length;
  return [
    reply(
      context,
      card(
        `${nameOf(group)}　等您答的问题`,
        [
          ...lines,
          ...(more > 0 ? [`还有 ${more} 个，答掉几个再看。`] : []),
          '答复发 /答疑 编号 加内容。',
        ].join('\n'),
      ),
    ),
  ];
}

async function answer(context: CadreHere, { number: wanted, text }: Said): Promise<readonly Saying[]> {
  const { chat, group, cadre } = context;
  const row = await find(context, wanted);
  if (chat.kind === 'group' && !row.inGroup)
    throw new CommandFault(
      'asked privately',
      `第 ${wanted} 个是私下问的，请私聊我发 /答疑 ${wanted} 加答复。`,
    );
  await step(context, row, { step: 'answer', at: context.now, text });
  const first = row.state === 'open';
  const who = `${plain(cadre.name)}（“${nameOf(group)}”团干部）`;
  const asker =
    row.askerId === undefined || row.state === 'withdrawn'
      ? []
      : [
          notice(
            row.askerId,
            card(
              `第 ${row.number} 个问题${first ? '有答复了' : '的答复改了'}`,
              `你问：${row.text}\n${who}：${text}`,
            ),
          ),
        ];
  const posted =
    first && row.inGroup
      ? [
          post(
            group.id,
            card('有人问，有人答', `问：${hideContacts(row.text)}\n${plain(cadre.name)}答：${text}`),
          ),
        ]
      : [];
  return [...posted, mine(context, row, first), ...asker];
}

/** What the cadre hears, privately; the group has seen the answer itself. */
function mine({ group, person }: CadreHere, row: InquiryRow, first: boolean): Saying {
  const where = row.inGroup ? '答复发到群里了' : '答复私下发给对方了';
  const done = first ? where : '答案改好了，对方会收到新的';
  if (row.faq !== undefined)
    return notice(person.id, `第 ${row.number} 个：${done}，常见问题里也改了。`, 'reply');
  return notice(
    person.id,
    card(
      `第 ${row.number} 个问题`,
      `${done}。别人也会问的话，可以收进常见问题，不写名字；先给您看一眼再收。`,
      [{ label: '收进常见问题', command: `/答疑 收录 群#${group.id} ${row.number}` }],
    ),
    'reply',
  );
}

/** What everybody would see, before the cadre's yes. */
async function preview(context: CadreHere, { number: wanted, text }: Said): Promise<Question> {
  const row = await find(context, wanted);
  const question = await wording(context, row, text);
  const decision = decideInquiry(row, { step: 'include', text: question });
  if (decision.kind === 'fault') throw new CommandFault('no such step', decision.say);
  return {
    text: `收进“${nameOf(context.group)}”的常见问题吗？大家看到的是：\n问：${question}\n答：${row.answer ?? ''}\n请看看有没有能认出谁的话；想换个问法，发 /答疑 收录 ${wanted} 加新的问法。`,
    yes: '收进去',
    no: '先不收',
  };
}

async function include(context: CadreHere, { number: wanted, text }: Said): Promise<readonly Saying[]> {
  const row = await find(context, wanted);
  await step(context, row, { step: 'include', text: await wording(context, row, text) });
  return [
    reply(
      context,
      `第 ${wanted} 个收进常见问题了，再有人问相近的，我先给对方看。要拿掉，发 /答疑 移除 ${wanted}。`,
    ),
  ];
}

/** The cadre's own wording, or the asker's without names and what else tells who somebody is. */
async function wording({ db, group }: CadreHere, row: InquiryRow, text: string): Promise<string> {
  if (text !== '') return text;
  if (row.faq !== undefined) return row.faq;
  const names = await namesOf(db, await youthsOf(db, group.id, undefined));
  const left = redact(row.text, [...names.values()]);
  // Where nothing had to go it stays as it was typed, punctuation and all.
  return left === row.text.normalize('NFKC').replace(/\p{Cf}/gu, '') ? row.text : left;
}

async function find({ db, group }: CadreHere, wanted: number): Promise<InquiryRow> {
  const row = await inquiryNumbered(db, group.id, wanted);
  if (!row) throw new CommandFault('no such question', `没有第 ${wanted} 个问题，发 /答疑 看看编号。`);
  return row;
}

async function step(context: CadreHere, row: InquiryRow, what: InquiryStep): Promise<void> {
  const decision = decideInquiry(row, what);
  if (decision.kind === 'fault') throw new CommandFault('no such step', decision.say);
  if (!(await moveInquiry(context.db, row, decision.inquiry)))
    throw new CommandFault('moved meanwhile', `第 ${row.number} 个问题刚刚有了变化，请再看一遍。`);
  await audit(context, `inquiry.${what.step}`, `inquiry:${row.id}`);
}

async function audit({ db, secret, now, person }: CadreHere, what: string, subject: string): Promise<void> {
  await recordAudit(db, secret.hash, { at: now, actor: `person:${person.id}`, action: what, subject });
}
