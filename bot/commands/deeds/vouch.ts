/** 印证: a youth's own, voluntary word that a deed happened. Nobody is asked twice, and nobody is told who did. */
import { z } from 'zod';
import { formatDate } from '../../../domain/calendar/format-datetime.ts';
import { isPrivate } from '../../../domain/deeds/kind-words.ts';
import { deedKinds } from '../../../domain/deeds/kinds.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { codeFrom, forgetAttempts, mayTry } from '../../../prisma/store/codes.ts';
import { confirmDeed, confirmedBy, deedToConfirm, unconfirm } from '../../../prisma/store/deed-evidence.ts';
import { nothing, number } from '../../dialogue/arguments.ts';
import { action, type Context, defineCommand } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, reply } from '../../dialogue/say.ts';

const shownAtMost = 20;
const common = { who: 'youth', where: 'private', about: 'person' } as const;

export const vouch = defineCommand({
  name: '印证',
  aliases: [],
  summary: '自愿印证你参加过的一次工作',
  actions: [
    action({
      ...common,
      name: '',
      summary: '写上团干部给你的印证码；我先念给你听，属实再回“是”。全凭自愿，团干部只看得到人数',
      examples: ['/印证 ABCD-1234'],
      arguments: z.string().transform((typed, context) => {
        const code = codeFrom(typed);
        if (code !== undefined) return { code };
        context.addIssue({ code: 'custom', message: '印证码是 8 位字母和数字' });
        return z.NEVER;
      }),
      confirm: async (context, { code }) => {
        if (!(await mayTry(context.db, context.person.id, context.now)))
          throw new CommandFault('too many wrong codes', '印证码试错太多次了，请过一小时再试。');
        const row = await find(context, code);
        await forgetAttempts(context.db, context.person.id);
        const words = [row.partner, row.topic].filter(Boolean).join('　');
        const what = `${formatDate(row.day, context.now)}的${deedKinds[row.kind].name}${words && `：${plain(words)}`}`;
        return {
          text: `${plain(row.cadre)}记了一次${what}。\n你参加了、属实，就回“是”；不想印证也没关系，没有人会知道。`,
        };
      },
      run: async (context, { code }) => {
        const { db, person, now } = context;
        const row = await find(context, code);
        const isNew = await confirmDeed(db, row.id, person.id, now, isPrivate(row.kind));
        await audit(context, 'deed.vouch', row.id);
        return [
          reply(
            context,
            isNew ? '谢谢你，印证好了。想收回，随时发 /印证 列表。' : '你已经印证过这一次了，谢谢。',
          ),
        ];
      },
    }),
    action({
      ...common,
      name: '列表',
      summary: '看你印证过什么',
      examples: ['/印证 列表'],
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const rows = await confirmedBy(context.db, context.person.id, shownAtMost);
        if (rows.length === 0) return [reply(context, '你还没有印证过什么。')];
        const lines = rows.map(
          ({ kind, day, cadre }, n) =>
            `${n + 1}　${formatDate(day, context.now)}　${deedKinds[kind].name}　${plain(cadre)}`,
        );
        return [reply(context, card('你印证过的', `${lines.join('\n')}\n想收回，发 /印证 收回 加序号。`))];
      },
    }),
    action({
      ...common,
      name: '收回',
      summary: '收回一次印证，序号看 /印证 列表',
      examples: ['/印证 收回 1'],
      arguments: number('请写 /印证 列表 里的序号'),
      confirm: false,
      run: async (context, wanted) => {
        const rows = await confirmedBy(context.db, context.person.id, shownAtMost);
        const row = rows[wanted.number - 1];
        if (!row) throw new CommandFault('nothing vouched', '没有这个序号，发 /印证 列表 看看。');
        await unconfirm(context.db, row.deedId, context.person.id);
        await audit(context, 'deed.unvouch', row.deedId);
        return [reply(context, '收回了。')];
      },
    }),
  ],
});

async function find({ db, secret, now, person }: Context, code: string) {
  const row = await deedToConfirm(db, secret.hash(code), now);
  if (!row)
    throw new CommandFault('no such code', '这个印证码不对，或者已经用过、过期了，请和给你的人核对一下。');
  if (row.cadrePersonId === person.id)
    throw new CommandFault('one’s own deed', '自己记的工作要由参加的人来印证，请把印证码告诉他们。');
  return row;
}

async function audit({ db, secret, now, person }: Context, what: string, deedId: number): Promise<void> {
  const subject = `deed:${deedId}`;
  await recordAudit(db, secret.hash, { at: now, actor: `person:${person.id}`, action: what, subject });
}
