import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { ensureAccount } from './accounts.ts';
import { resolveGroup } from './identity.ts';
import { forgetSettled, say, type ToSay } from './outbox.ts';
import { messageIdOf, nextDue, postpone, recoverSending, sendable, settle, startSending } from './sending.ts';
import { openTopic } from './topics.ts';

const at = 1_788_000_000_000;
const minute = 60_000;

const toSay = (key: string, rest: Partial<ToSay> = {}): ToSay => ({
  key,
  kind: 'reply',
  groupId: 1,
  body: `{"text":"${key}"}`,
  ...rest,
});

async function withRows(database: Database, ...messages: ToSay[]) {
  const account = await ensureAccount(database.db, 'test', 'bot');
  for (const message of messages) await say(database.db, account, message, at);
  const look = async (now = at, butOf: string[] = []) =>
    (await sendable(database.db, account, now, butOf, 50)).map(({ key }) => key);
  const row = async (key: string) => (await database.db.outbox.findUnique({ where: { key } }))!;
  return { account, look, row };
}

describeOnBoth('the outbox', (open) => {
  it('says a thing once, whoever says it again', async () => {
    const database = await open();
    const { account, look, row } = await withRows(
      database,
      toSay('a'),
      toSay('b'),
      toSay('a', { body: 'other' }),
    );
    await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        database.transaction((tx) => say(tx, account, toSay('c', { body: `${i}` }), at)),
      ),
    );
    expect(await look()).toEqual(['a', 'b', 'c']);
    expect(await row('a')).toMatchObject({ body: '{"text":"a"}', state: 'pending', attempts: 0 });
  });

  it('keeps what is said together with the transaction, or not at all', async () => {
    const database = await open();
    const { account, look } = await withRows(database);
    const failing = database.transaction(async (tx) => {
      await say(tx, account, toSay('a'), at);
      throw new Error('a fault');
    });
    await expect(failing).rejects.toThrow('a fault');
    expect(await look()).toEqual([]);
  });

  it('holds a chat back behind a message that is tried again, and nobody behind one meant for later', async () => {
    const database = await open();
    const { db } = database;
    const { account, look, row } = await withRows(
      database,
      toSay('later', { notBefore: at + minute }),
      toSay('a'),
      toSay('b'),
      toSay('p', { groupId: undefined, personId: 1 }),
    );
    expect(await look()).toEqual(['a', 'b', 'p']);
    expect(await look(at, ['group:1'])).toEqual(['p']);
    const { id } = await row('a');
    expect(await startSending(db, id, at)).toBe(true);
    expect(await startSending(db, id, at)).toBe(false);
    await postpone(db, id, { notBefore: at + 1_000, fault: 'busy' });
    expect(await look()).toEqual(['p']);
    expect(await nextDue(db, account, at)).toBe(at + 1_000);
    expect(await look(at + 1_000)).toEqual(['a', 'b', 'p']);
    expect(await row('a')).toMatchObject({ attempts: 1, fault: 'busy' });
    expect(await look(at + minute)).toEqual(['later', 'a', 'b', 'p']);
  });

  it('settles for good, wipes the text, and notes a topic’s message', async () => {
    const database = await open();
    const { db } = database;
    const { account, look, row } = await withRows(database, toSay('a'), toSay('b'));
    const groupId = await resolveGroup(db, account, { id: 'g' }, at);
    const topic = await openTopic(db, { groupId, title: 'x', text: 'x', openedAt: at, closesAt: at + 1 });
    await say(db, account, toSay('t', { groupId, topicId: topic.id }), at);
    await settle(db, { ...(await row('t')), topicId: topic.id }, 'sent', at + 1, { messageId: 'om_1' });
    await settle(db, { ...(await row('a')), topicId: undefined }, 'refused', at + 1, { fault: 'gone' });
    expect(await look()).toEqual(['b']);
    expect(await row('t')).toMatchObject({ state: 'sent', body: null, messageId: 'om_1' });
    expect(await row('a')).toMatchObject({ state: 'refused', body: null, fault: 'gone' });
    expect(await db.topic.findUnique({ where: { id: topic.id } })).toMatchObject({ messageId: 'om_1' });
    expect(await messageIdOf(db, 't')).toBe('om_1');
    expect(await messageIdOf(db, 'a')).toBeUndefined();
    await say(db, account, toSay('t'), at + 2);
    expect(await look()).toEqual(['b']);
    expect(await forgetSettled(db, at + 1)).toBe(0);
    expect(await forgetSettled(db, at + 2)).toBe(2);
    expect(await look()).toEqual(['b']);
  });

  it.each([
    { removesDuplicates: true, passed: minute, state: 'pending', uncertain: 0 },
    { removesDuplicates: true, passed: minute, unsure: 48 * minute, state: 'pending', uncertain: 0 },
    { removesDuplicates: true, passed: minute, unsure: 50 * minute, state: 'uncertain', uncertain: 1 },
    { removesDuplicates: true, passed: 61 * minute, state: 'uncertain', uncertain: 1 },
    { removesDuplicates: false, passed: minute, state: 'uncertain', uncertain: 1 },
  ])('after a crash while sending: $removesDuplicates, $passed → $state', async (given) => {
    const database = await open();
    const { account, row } = await withRows(database, toSay('a'), toSay('b'));
    const { id } = await row('a');
    const since = at - (given.unsure ?? 0);
    if (given.unsure !== undefined) {
      await startSending(database.db, id, since);
      await postpone(database.db, id, { notBefore: at, unsureSince: since, fault: 'no answer' });
    }
    await startSending(database.db, id, at);
    // Another account’s are its own process’s.
    const other = await ensureAccount(database.db, 'test', 'other');
    await say(database.db, other, toSay('o'), at);
    await startSending(database.db, (await row('o')).id, at);
    expect(await recoverSending(database.db, account, given.removesDuplicates, at + given.passed)).toBe(
      given.uncertain,
    );
    expect(await row('a')).toMatchObject({
      state: given.state,
      ...(given.uncertain ? {} : { unsureSince: new Date(since) }),
      body: given.uncertain ? null : '{"text":"a"}',
    });
    expect(await row('b')).toMatchObject({ state: 'pending' });
    expect(await row('o')).toMatchObject({ state: 'sending' });
  });
});
