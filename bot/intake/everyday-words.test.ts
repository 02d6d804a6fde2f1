import { expect, it } from 'vitest';
import { openDatabase } from '../../prisma/database.ts';
import { keepQuestion, questionChat } from '../../prisma/store/confirmations.ts';
import { findGroup } from '../../prisma/store/identity.ts';
import { begin, message, minute, morning } from '../../tests/support/intake.ts';
import { secretOf } from '../secret.ts';
import { Intake } from './intake.ts';

const now = morning + 3 * 24 * 60 * minute;

it('everyday words are kept as answers only where the bot has just dealt with something, also after a restart', async () => {
  const database = await openDatabase('file::memory:');
  const { intake, accept, accountId } = await begin(database);
  const kept = async () => (await database.db.inbox.findMany()).map(({ key }) => key);
  const says = (accepts: Intake['accept'], id: string, group: string) =>
    accepts(message('好的', { id, chat: { kind: 'group', id: group } }));
  await says(accept, 'before', 'g1');
  await intake.done(message('/活动', { id: 'x' }));
  await says(accept, 'after', 'g1');
  await says(accept, 'elsewhere', 'g2');
  expect(await kept()).toEqual(['m:after']);

  const groupId = (await findGroup(database.db, accountId, 'g2')) ?? 0;
  const asked = { personId: 1, command: '/活动', expiresAt: now + minute };
  await keepQuestion(database.db, { ...asked, chat: questionChat(groupId) });
  await keepQuestion(database.db, { ...asked, chat: 'private' });
  const next = new Intake({
    database,
    accountId,
    secret: secretOf('for tests'),
    now: () => now,
    heardSomething: () => undefined,
  });
  await next.start();
  await says(next.accept, 'over', 'g1');
  await says(next.accept, 'asked', 'g2');
  expect(await kept()).toEqual(['m:after', 'm:asked']);
  await database.close();
});
