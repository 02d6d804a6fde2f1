/** Proving with a one-time code who one is: a cadre, an administrator or an operator (design.md, Authority). */
import { administratorOfPerson } from '../../../prisma/store/administrators.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfPerson } from '../../../prisma/store/cadres.ts';
import { forgetAttempts, mayTry, type OpenCode, openCode, prove } from '../../../prisma/store/codes.ts';
import { mayBeThePerson } from '../../../prisma/store/marks.ts';
import { mergePeople } from '../../../prisma/store/merging.ts';
import { operatorOfPerson } from '../../../prisma/store/operators.ts';
import type { Context, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { notice } from '../../dialogue/say.ts';

type Role = OpenCode['owner']['kind'];

/** What a role is called, who gives its codes, and whom of them a person is. */
const roles = {
  cadre: { name: '团干部', giver: '团组织管理员', ofPerson: cadreOfPerson },
  administrator: { name: '管理员', giver: '团组织管理员', ofPerson: administratorOfPerson },
  operator: { name: '运维人员', giver: '运行机器人的人', ofPerson: operatorOfPerson },
} as const satisfies Record<Role, unknown>;

/**
 * Uses a code up for the person who sent it. `told`: what its owner hears on an account that was theirs before. Throws
 * {@link CommandFault} where the code is none, or not good for this person or here.
 */
export async function proveBy(
  context: Context,
  typed: string,
): Promise<{ readonly code: OpenCode; readonly told: readonly Saying[] }> {
  const { db, person, now, secret } = context;
  if (!(await mayTry(db, person.id, now)))
    throw new CommandFault('too many wrong codes', '绑定码试错太多次了，请过一小时再试。');
  const code = await openCode(db, secret.hash(typed), now);
  if (!code)
    throw new CommandFault(
      'no such code',
      '这个绑定码不对，或者已经用过、过期了。请核对一下，或向给您码的人要一个新的。',
    );
  const { kind, id } = code.owner;
  const { name, giver, ofPerson } = roles[kind];
  if (kind === 'operator' && context.abilities.loginByHand) {
    await forgetAttempts(db, person.id);
    throw new CommandFault(
      'an operator cannot be told here',
      '这是运维的绑定码，没有用掉。这里掉线的时候我在这里说不了话：请在另一个平台（例如飞书）上私聊机器人，再发一遍。',
    );
  }
  const already = await ofPerson(db, person.id);
  if (already && already.id !== id)
    throw new CommandFault(
      `the person is another ${kind}`,
      `您的账号已经认证为另一位${name}，一个账号只能对应一位。请联系${giver}。`,
    );
  if (!(await prove(db, code, person.id, now)))
    throw new CommandFault('the code was just used', `这个绑定码刚刚被用过了，请向${giver}要一个新的。`);
  await forgetAttempts(db, person.id);
  await auditOf(context, `${kind}.prove`, `${kind}:${id}`);
  // Nobody under the present login is who proved it before: it is the same person under a new id, not another account.
  const isSame = code.personId !== undefined && (await mayBeThePerson(db, person.id, code.personId));
  if (isSame && code.personId !== undefined) await mergePeople(db, code.personId, person.id);
  if (code.personId === undefined || code.personId === person.id || isSame) return { code, told: [] };
  const moved = `您的${name}身份已换到另一个账号。如果不是您本人换的，请马上联系${giver}。`;
  return { code, told: [notice(code.personId, moved)] };
}

/** Notes in the audit what the person of a context did. */
export async function auditOf(
  { db, secret, now, person }: Context,
  what: string,
  subject: string,
): Promise<void> {
  await recordAudit(db, secret.hash, { at: now, actor: `person:${person.id}`, action: what, subject });
}
