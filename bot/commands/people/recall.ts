/**
 * Getting one's own private things back after a login that knew somebody by the name alone: a word that was told once, in
 * private, when the first of them was kept.
 */
import { recordAudit } from '../../../prisma/store/audit.ts';
import { forgetAttempts, mayTry, newCode, shownCode } from '../../../prisma/store/codes.ts';
import { loginOf } from '../../../prisma/store/identity.ts';
import { keepRecall, recall } from '../../../prisma/store/private-things.ts';
import type { Context, Saying, Situation } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { reply } from '../../dialogue/say.ts';

/** Whether ids of people change with each login here, so that a name may be all that tells who somebody is. */
export async function idsChange({ db, accountId }: Situation): Promise<boolean> {
  return (await loginOf(db, accountId)) !== '';
}

/** A line with the person's word, told once; empty where they have one, in a group, and where ids stay. */
export async function recallLine(situation: Situation): Promise<string> {
  const { db, chat, person, secret, random } = situation;
  if (chat.kind !== 'private' || !(await idsChange(situation))) return '';
  const word = newCode(random);
  if (!(await keepRecall(db, person.id, secret.hash(hashed(word))))) return '';
  return `\n请收好口令 ${shownCode(word)}，不要给别人：我重新登录微信以后，万一只认得你的名字，就不会把这些给人看；到时私聊我发 /我的 找回 加口令，就都回来了。`;
}

/** Gives the person what their word opens. Throws {@link CommandFault} where it opens nothing. */
export async function recallBy(context: Context, typed: string): Promise<readonly Saying[]> {
  const { db, person, now, secret } = context;
  if (!(await mayTry(db, person.id, now)))
    throw new CommandFault('too many wrong words', '口令试错太多次了，请过一小时再试。');
  if (!(await recall(db, person.id, secret.hash(hashed(typed)))))
    throw new CommandFault(
      'no such word',
      '这个口令不对，或者已经用过了。没有口令也没关系：想知道办得怎样，直接问团干部就行。',
    );
  await forgetAttempts(db, person.id);
  const actor = `person:${person.id}`;
  await recordAudit(db, secret.hash, { at: now, actor, action: 'person.recall', subject: actor });
  const next = await recallLine(context);
  return [reply(context, `找回来了，你以前提的都在 /我的 里。${next}`)];
}

function hashed(word: string): string {
  return `recall/${word}`;
}
