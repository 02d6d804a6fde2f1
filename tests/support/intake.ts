/** An intake over bound groups, and messages for it. */
import type { MessageEvent } from '../../adapters/adapter.ts';
import { Intake } from '../../bot/intake/intake.ts';
import { secretOf } from '../../bot/secret.ts';
import type { Database } from '../../prisma/database.ts';
import { bindGroups } from './bound-groups.ts';

/** When things are said; milliseconds since the epoch. */
export const morning = Date.UTC(2026, 2, 2, 1);
export const minute = 60_000;
/** Groups that are bound an hour before. */
export const groups = [
  { group: 'g1', cadre: 'g1-0' },
  { group: 'g2', cadre: 'g2-0' },
];

/** The intake of an account with these groups. */
export async function begin(database: Database) {
  const accountId = await bindGroups(
    database,
    { platform: 'test', name: 'bot' },
    groups,
    morning - 60 * minute,
  );
  let heard = 0;
  const intake = new Intake({
    database,
    accountId,
    secret: secretOf('for tests'),
    now: () => morning + 3 * 24 * 60 * minute,
    heardSomething: () => heard++,
  });
  return { accountId, intake, accept: intake.accept, heard: () => heard };
}

let count = 0;
/** A text of a youth in `g1`. */
export function message(text: string, more: Partial<MessageEvent> = {}): MessageEvent {
  return {
    type: 'message',
    id: `m${++count}`,
    at: morning,
    chat: { kind: 'group', id: 'g1' },
    sender: { id: 'g1-1' },
    kind: 'text',
    text,
    mentions: [],
    mentionsBot: false,
    ...more,
  };
}
