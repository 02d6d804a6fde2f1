import { afterEach, expect, it } from 'vitest';
import { type Adapter, type Chat, type Content, SendError, type Sent } from '../../adapters/adapter.ts';
import type { Database } from '../../prisma/database.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { resolveGroup, resolvePeople } from '../../prisma/store/identity.ts';
import { say, type ToSay } from '../../prisma/store/outbox.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { silentLog } from '../log.ts';
import { secretOf } from '../secret.ts';
import { Sender } from './sender.ts';

const begun = Date.UTC(2026, 2, 2);
const hour = 3_600_000;

describeOnBoth('the sender', (open) => {
  const senders: Sender[] = [];
  afterEach(async () => {
    for (const sender of senders.splice(0)) await sender.stop();
  });

  async function begin({ deduplicatesSends = false, updates = false } = {}) {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'test', 'bot');
    const [g1 = 0, g2 = 0, u1 = 0] = await database.transaction(async (tx) => [
      await resolveGroup(tx, accountId, { id: 'g1' }, begun),
      await resolveGroup(tx, accountId, { id: 'g2' }, begun),
      (await resolvePeople(tx, accountId, [{ id: 'u1' }])).get('u1') ?? 0,
    ]);
    const clock = { at: begun, now: () => clock.at };
    const sent: { chat: string; key: string; text: string; updates?: string | undefined }[] = [];
    /** What the platform does instead of taking a message, by key; used up from the front. */
    const answers = new Map<string, (Error | Promise<void>)[]>();
    const adapter = {
      platform: 'test',
      account: 'bot',
      abilities: { deduplicatesSends, updates, paceMs: 0 },
      async send(chat: Chat, content: Content, options: { key: string; updates?: string }): Promise<Sent> {
        const answer = answers.get(options.key)?.shift();
        if (answer instanceof Error) throw answer;
        await answer;
        sent.push({
          chat: chat.id,
          key: options.key,
          text: content.type === 'text' ? content.text : '',
          updates: options.updates,
        });
        return { messageId: `platform/${options.key}` };
      },
    } as unknown as Adapter;
    /** The next so many transactions fail; settles when one did. */
    let failing = 0;
    let failed = () => {};
    const fails = (times: number) => {
      failing = times;
      return new Promise<void>((resolve) => {
        failed = resolve;
      });
    };
    const faulty: Database = {
      ...database,
      transaction: async (work) => {
        if (failing-- <= 0) return database.transaction(work);
        failed();
        throw new Error('the disk is busy');
      },
    };
    const sender = new Sender({
      database: faulty,
      accountId,
      adapter,
      clock,
      log: silentLog,
      secret: secretOf('for tests'),
    });
    senders.push(sender);
    const write = (key: string, more: Partial<ToSay> = {}) =>
      say(
        db,
        accountId,
        {
          key,
          kind: 'reply',
          ...(more.personId === undefined ? { groupId: g1 } : {}),
          body: JSON.stringify({ type: 'text', text: `to say ${key}` }),
          ...more,
        },
        clock.at,
      );
    const look = async () => {
      sender.wake();
      await sender.idle();
    };
    const row = (key: string) => db.outbox.findUniqueOrThrow({ where: { key } });
    const keys = () => sent.map(({ key }) => key);
    return { db, clock, sent, keys, answers, sender, write, look, row, fails, g2, u1 };
  }

  it('says everything once, in the order of each chat, and forgets the text', async () => {
    const { write, look, sent, keys, row, answers, g2, u1 } = await begin();
    let release = () => {};
    answers.set('a1', [
      new Promise<void>((resolve) => {
        release = resolve;
      }),
    ]);
    await write('a1');
    await write('a2');
    await write('a3');
    await write('b1', { groupId: g2 });
    await write('b2', { groupId: g2 });
    await write('c1', { personId: u1 });
    await write('a1');
    const looking = look();
    while (sent.length < 3) await new Promise((resolve) => setImmediate(resolve));
    expect(keys().sort()).toEqual(['b1', 'b2', 'c1']);
    release();
    await looking;
    expect(keys().filter((key) => key.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(sent.find(({ key }) => key === 'c1')).toMatchObject({ chat: 'u1', text: 'to say c1' });
    expect(await row('a1')).toMatchObject({
      state: 'sent',
      messageId: 'platform/a1',
      body: null,
      attempts: 1,
    });
    await look();
    expect(sent).toHaveLength(6);
  });

  it('tries again with longer and longer waits, which hold back the chat and no other, and gives up', async () => {
    const { write, look, keys, row, answers, clock, g2 } = await begin();
    const busy = () => new SendError('retry', 'busy');
    answers.set('a1', [busy(), busy(), new SendError('retry', 'later', 7_000)]);
    await write('a1');
    await write('a2');
    await write('b1', { groupId: g2 });
    await look();
    await write('b2', { groupId: g2 });
    await look();
    expect(keys()).toEqual(['b1', 'b2']);
    for (const wait of [1_000, 5_000, 7_000]) {
      clock.at += wait - 1;
      await look();
      expect(keys()).toHaveLength(2);
      clock.at += 1;
      await look();
    }
    expect(keys()).toEqual(['b1', 'b2', 'a1', 'a2']);
    expect(await row('a1')).toMatchObject({ state: 'sent', attempts: 4, fault: null });

    answers.set('c1', Array.from({ length: 99 }, busy));
    await write('c1');
    await write('c2');
    for (let n = 0; n < 72; n++) {
      await look();
      clock.at += hour;
    }
    expect(await row('c1')).toMatchObject({ state: 'pending', attempts: 72 });
    await look();
    expect(await row('c1')).toMatchObject({ state: 'expired', attempts: 73, fault: 'busy', body: null });
    expect(keys().at(-1)).toBe('c2');

    answers.set('d1', Array.from({ length: 99 }, busy));
    await write('d1', { expiresAt: clock.at + 2 * hour });
    for (let n = 0; n < 12; n++) {
      await look();
      expect((await row('d1')).state).toBe('pending');
      clock.at += hour / 6;
    }
    await look();
    expect(await row('d1')).toMatchObject({ state: 'expired', body: null });
  });

  it('says later what is meant for later, without holding back what is not', async () => {
    const { write, look, keys, clock } = await begin();
    await write('morning', { notBefore: begun + hour });
    await write('now');
    await look();
    expect(keys()).toEqual(['now']);
    clock.at += hour;
    await look();
    expect(keys()).toEqual(['now', 'morning']);
  });

  it('drops what has expired, what is refused, and what it cannot draw or address', async () => {
    const { write, look, keys, row, answers, clock } = await begin();
    answers.set('refused', [new SendError('refused', 'the bot is not in this group')]);
    await write('old', { expiresAt: begun + 1 });
    await write('refused');
    await write('torn', { body: '{' });
    await write('lost', { personId: 999_999 });
    await write('fine', { expiresAt: begun + hour });
    clock.at += 2;
    await look();
    expect(keys()).toEqual(['fine']);
    expect(await row('old')).toMatchObject({ state: 'expired', body: null, attempts: 0 });
    expect(await row('refused')).toMatchObject({ state: 'refused', fault: 'the bot is not in this group' });
    expect(await row('torn')).toMatchObject({ state: 'refused' });
    expect(await row('lost')).toMatchObject({ state: 'refused' });
  });

  it('does not try again what may have arrived, unless the platform removes duplicates', async () => {
    for (const deduplicatesSends of [false, true]) {
      const { write, look, keys, row, answers, clock } = await begin({ deduplicatesSends });
      answers.set('slow', [new SendError('uncertain', 'no answer')]);
      answers.set('odd', [new TypeError('fetch failed')]);
      await write('slow');
      await write('odd');
      for (let n = 0; n < 3; n++) {
        await look();
        clock.at += 5_000;
      }
      expect(keys()).toEqual(deduplicatesSends ? ['slow', 'odd'] : []);
      for (const key of ['slow', 'odd'])
        expect((await row(key)).state).toBe(deduplicatesSends ? 'sent' : 'uncertain');
    }
  });

  it('sends nothing again when the platform no longer removes duplicates, also after a restart', async () => {
    const { write, look, keys, row, answers, clock, sender } = await begin({ deduplicatesSends: true });
    const uncertain = () => new SendError('uncertain', 'no answer');
    const busy = () => new SendError('retry', 'no network');
    answers.set('a', Array.from({ length: 99 }, uncertain));
    await write('a');
    for (let n = 0; n < 55; n++) {
      await look();
      clock.at += 60_000;
    }
    expect(await row('a')).toMatchObject({ state: 'uncertain', fault: expect.any(String), body: null });
    expect(99 - (answers.get('a')?.length ?? 0)).toBeGreaterThan(4);

    // A fault that is sure does not make the one before it sure.
    answers.set('b', [busy(), uncertain(), busy()]);
    await write('b');
    await look();
    clock.at += 1_000;
    const first = clock.at;
    await look();
    clock.at += 5_000;
    await look();
    expect(await row('b')).toMatchObject({ state: 'pending', unsureSince: new Date(first), attempts: 3 });
    clock.at = first + 51 * 60_000;
    await sender.recover();
    await look();
    expect(await row('b')).toMatchObject({ state: 'uncertain', attempts: 3 });

    answers.set('c', [uncertain()]);
    await write('c', { expiresAt: clock.at + 1_000 });
    await look();
    clock.at += 2_000;
    await look();
    expect(await row('c')).toMatchObject({ state: 'uncertain', attempts: 1 });
    expect(keys()).toEqual([]);
  });

  it('keeps what became of a message until the database takes it', async () => {
    const { db, write, look, keys, row, answers, clock, fails } = await begin();
    fails(2);
    const topic = await db.topic.create({
      data: {
        groupId: 1,
        number: 1,
        title: 'x',
        text: 'x',
        openedAt: new Date(begun),
        closesAt: new Date(begun + hour),
      },
    });
    await write('a1', { topicId: topic.id });
    await write('a2');
    await look();
    expect(keys()).toEqual(['a1', 'a2']);
    expect(await row('a1')).toMatchObject({ state: 'sent', body: null, attempts: 1 });
    expect(await db.topic.findFirst()).toMatchObject({ messageId: 'platform/a1' });

    fails(1);
    answers.set('b', [new SendError('retry', 'busy')]);
    await write('b', { topicId: topic.id });
    await look();
    expect(await row('b')).toMatchObject({ state: 'pending', fault: 'busy' });
    clock.at += 1_000;
    await look();
    expect(keys()).toEqual(['a1', 'a2', 'b']);
  });

  it('leaves to the next start what the database does not take until the stop', async () => {
    const { write, sender, keys, row, fails } = await begin();
    const failed = fails(99);
    await write('a', { topicId: 1 });
    sender.wake();
    await failed;
    await sender.stop();
    expect(keys()).toEqual(['a']);
    expect((await row('a')).state).toBe('sending');
  });

  it('takes up what was being said when the last process ended', async () => {
    for (const deduplicatesSends of [false, true]) {
      const { db, write, sender, keys, row, clock } = await begin({ deduplicatesSends });
      await write('long ago');
      await write('just now');
      await write('not begun');
      const sending = (key: string, at: number) =>
        db.outbox.update({
          where: { key },
          data: { state: 'sending', attempts: 1, notBefore: new Date(at) },
        });
      clock.at += 2 * hour;
      await sending('long ago', begun);
      await sending('just now', clock.at - 1_000);
      await sender.recover();
      sender.wake();
      await sender.stop();
      expect(keys()).toEqual(deduplicatesSends ? ['just now', 'not begun'] : ['not begun']);
      expect(await row('long ago')).toMatchObject({ state: 'uncertain', body: null });
      expect((await row('just now')).state).toBe(deduplicatesSends ? 'sent' : 'uncertain');
    }
  });

  it('says what is held when help is lost, and drops it when help arrived', async () => {
    const { write, look, keys, row, answers, sender, db } = await begin();
    for (const key of ['arrives', 'refused', 'unsure', 'interrupted']) {
      await write(key, { kind: 'help' });
      await write(`${key}/lost`, { held: true });
    }
    answers.set('refused', [new SendError('refused', 'no private chat')]);
    answers.set('unsure', [new SendError('uncertain', 'no answer')]);
    await db.outbox.update({ where: { key: 'interrupted' }, data: { state: 'sending' } });
    await sender.recover();
    await look();
    expect([...keys()].sort()).toEqual(['arrives', 'interrupted/lost', 'refused/lost', 'unsure/lost']);
    expect(await row('arrives/lost')).toMatchObject({ state: 'expired', body: null });
  });

  it('replaces a card where it can', async () => {
    const can = await begin({ updates: true });
    await can.write('card');
    await can.look();
    await can.write('newer', { updates: 'card' });
    await can.write('of nothing', { updates: 'never said' });
    await can.look();
    expect(can.sent).toMatchObject([{ key: 'card' }, { key: 'newer', updates: 'platform/card' }]);
    const cannot = await begin();
    await cannot.write('card');
    await cannot.look();
    await cannot.write('newer', { updates: 'card' });
    await cannot.look();
    expect(cannot.keys()).toEqual(['card']);
  });
});
