/** The burden budget at the last door: whatever job wrote it, nobody gets more than so many messages they did not ask for. */
import { expect, it } from 'vitest';
import { type Adapter, type Chat, SendError } from '../../adapters/adapter.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { resolveGroup, resolvePeople } from '../../prisma/store/identity.ts';
import { say } from '../../prisma/store/outbox.ts';
import { chooseReminders } from '../../prisma/store/reminder-settings.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { silentLog } from '../log.ts';
import { secretOf } from '../secret.ts';
import { Sender } from './sender.ts';

const hour = 3_600_000;
const week = 7 * 24 * hour;

describeOnBoth('the sender', (open) => {
  it('says so many reminders to a person in a week, and every answer', async () => {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'test', 'bot');
    const clock = { at: Date.parse('2026-03-02T15:00:00+08:00'), now: () => clock.at };
    const { people, groupId } = await database.transaction(async (tx) => ({
      people: await resolvePeople(tx, accountId, [{ id: 'u' }, { id: 'v' }]),
      groupId: await resolveGroup(tx, accountId, { id: 'g' }, clock.at),
    }));
    const [personId = 0, other = 0] = [people.get('u'), people.get('v')];
    const sent: string[] = [];
    const failures = new Map([['late', [new SendError('retry', 'busy', 1)]]]);
    const adapter = {
      platform: 'test',
      account: 'bot',
      abilities: { deduplicatesSends: true, updates: false, paceMs: 0 },
      async send(_: Chat, _content: unknown, { key }: { key: string }) {
        const failure = failures.get(key)?.shift();
        if (failure) throw failure;
        sent.push(key);
        return {};
      },
    } as unknown as Adapter;
    const sender = new Sender({
      database,
      accountId,
      adapter,
      clock,
      log: silentLog,
      secret: secretOf('for tests'),
      perWeek: 2,
    });
    const write = (key: string, kind: string, to: object = { personId }) =>
      say(db, accountId, { key, kind, body: JSON.stringify({ type: 'text', text: key }), ...to }, clock.at);
    const look = async () => {
      sender.wake();
      await sender.idle();
      clock.at += hour;
    };

    await write('first', 'reminder');
    await write('late', 'reminder');
    await write('to the group', 'reminder', { groupId });
    await look();
    // A message that is tried again is still one.
    await look();
    await write('third', 'reminder');
    await write('to another', 'reminder', { personId: other });
    for (const kind of ['reply', 'notice', 'help']) await write(kind, kind);
    await look();
    expect([...sent].sort()).toEqual(
      ['first', 'help', 'late', 'notice', 'reply', 'to another', 'to the group'].sort(),
    );
    expect(await db.outbox.findUnique({ where: { key: 'third' } })).toMatchObject({
      state: 'expired',
      body: null,
    });
    clock.at += week;
    await chooseReminders(db, personId, { weekly: 1 });
    await write('next week', 'reminder');
    await write('one too many', 'reminder');
    await look();
    expect(sent.slice(-1)).toEqual(['next week']);
    await sender.stop();
  });
});
