import { expect, it } from 'vitest';
import type { Adapter, Chat } from '../../adapters/adapter.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { resolveGroup } from '../../prisma/store/identity.ts';
import { backlogOf, say } from '../../prisma/store/outbox.ts';
import { recognise } from '../../prisma/store/recognition.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { silentLog } from '../log.ts';
import { secretOf } from '../secret.ts';
import { Sender } from './sender.ts';

const begun = Date.UTC(2026, 2, 2);
const hour = 3_600_000;

describeOnBoth('on a platform that gives new ids at each login, the sender', (open) => {
  it('keeps what is for a group until it is known again, and drops answers that come too late', async () => {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'wechat', 'bot');
    const members = ['安然', '博文', '蔡明', '董一'];
    const login = (name: string) =>
      database.transaction((tx) =>
        recognise(
          tx,
          accountId,
          {
            login: name,
            friends: [],
            groups: [
              {
                id: `@@1/${name}`,
                name: '一班',
                members: members.map((one) => ({ id: `@${one}/${name}`, name: one })),
              },
            ],
          },
          begun,
        ),
      );
    await login('A');
    const groupId = await database.transaction((tx) => resolveGroup(tx, accountId, { id: '@@1/A' }, begun));
    const clock = { at: begun, now: () => clock.at };
    const sent: string[] = [];
    const adapter = {
      platform: 'wechat',
      account: 'bot',
      abilities: {
        deduplicatesSends: false,
        updates: false,
        paceMs: 0,
        stableIds: false,
        repliesOnly: true,
        staleMs: 2 * hour,
      },
      async send(chat: Chat, _content: unknown, { key }: { key: string }) {
        sent.push(`${key} to ${chat.id}`);
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
    });
    const write = (key: string, kind: string) =>
      say(db, accountId, { key, kind, groupId, body: JSON.stringify({ type: 'text', text: key }) }, clock.at);
    const look = async () => {
      sender.wake();
      await sender.idle();
    };

    // A new login, of which the address book has not told yet.
    await db.account.update({ where: { id: accountId }, data: { login: 'B' } });
    await write('answer', 'reply');
    await write('post', 'post');
    await write('reminder', 'reminder');
    await look();
    expect(sent).toEqual([]);
    expect(await backlogOf(db, 'wechat', 'bot')).toBe(2);
    expect(await db.outbox.findUnique({ where: { key: 'reminder' } })).toMatchObject({
      state: 'expired',
      body: null,
    });
    clock.at += 3 * hour;
    await login('B');
    await look();
    expect(sent).toEqual(['post to @@1/B']);
    expect(await db.outbox.findUnique({ where: { key: 'answer' } })).toMatchObject({ state: 'expired' });
    expect(await backlogOf(db, 'wechat', 'bot')).toBe(0);
    await sender.stop();
  });
});
