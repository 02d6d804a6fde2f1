/** A question for the model, put by a command inside its transaction and answered outside of it. */
import { addTask } from '../../prisma/store/model.ts';
import type { Situation } from '../dialogue/command.ts';
import type { Purpose } from './prompts.ts';

/** Puts a question of a cadre's, with what the rules answer for when the model has no answer. */
export async function putQuestion(
  { db, accountId, person, now }: Situation,
  question: {
    readonly purpose: Purpose;
    readonly data: Readonly<Record<string, unknown>>;
    readonly rule: unknown;
    /** Whose members' names are taken out of the data. */
    readonly groupId?: number | undefined;
  },
): Promise<void> {
  const { purpose, data, rule, groupId } = question;
  const body = JSON.stringify({ data, rule });
  await addTask(db, { accountId, purpose, personId: person.id, groupId, body }, now);
}
