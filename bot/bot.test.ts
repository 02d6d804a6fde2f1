import { randomBytes } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import type { Abilities, Adapter, PlatformEvent, Sink } from '../adapters/adapter.ts';
import { ensureAccount, holderOf } from '../prisma/store/accounts.ts';
import { createCadre } from '../prisma/store/cadres.ts';
import { putHeard } from '../prisma/store/inbox.ts';
import { say } from '../prisma/store/outbox.ts';
import { presenceOf } from '../prisma/store/presence.ts';
import { bindGroups } from '../tests/support/bound-groups.ts';
import { describeOnBoth } from '../tests/support/databases.ts';
import { at, wednesday } from '../tests/support/evening.ts';
import { startBot } from './bot.ts';
import { silentLog } from './log.ts';
import { toRow } from './outbox/row.ts';
import { secretOf } from './secret.ts';

const abilities: Abilities = {
  cards: true,
  quoting: true,
  files: true,
  memberLists: true,
  stableIds: true,
  hears: 'all',
  updates: false,
  deduplicatesSends: false,
  textLimit: 10_000,
  paceMs: 0,
};

/** A platform in the test's hands: what it says is heard, what it is told to send is kept. */
function platform() {
  const sent: { chat: string; kind: string; key: string }[] = [];
  const steps: string[] = [];
  let sink: Sink = async () => {};
  const adapter: Adapter = {
    platform: 'test',
    account: 'bot',
    abilities,
    start: async (heard) => {
      sink = heard;
      steps.push('start');
    },
    stopHearing: async () => void steps.push('stop hearing'),
    stop: async () => void steps.push('stop'),
    send: async (chat, content, { key }) => {
      sent.push({ chat: `${chat.kind}:${chat.id}`, kind: content.type, key });
      steps.push('send');
      return { messageId: `om_${sent.length}` };
    },
    members: async () => [{ id: 'c' }, { id: 'u' }, { id: 'v' }],
  };
  return { adapter, sent, steps, hears: (event: PlatformEvent) => sink(event) };
}

const chat = { kind: 'group', id: 'g', name: '一群' } as const;
const says = (id: string, sender: string, text: string, when: number): PlatformEvent => ({
  type: 'message',
  id,
  at: when,
  chat,
  sender: { id: sender },
  kind: 'text',
  text,
  mentions: [],
  mentionsBot: false,
});

describeOnBoth('the bot', (open) => {
  const begin = async () => {
    const database = await open();
    const stage = platform();
    const clock = { time: at(wednesday, '19:00'), now: () => clock.time };
    const parts = { database, adapter: stage.adapter, clock, secret: secretOf('for tests'), log: silentLog };
    return { database, clock, parts, ...stage };
  };

  it('introduces itself, answers, reminds when its time has come, and says all before it stops', async () => {
    const { database, clock, parts, sent, steps, hears } = await begin();
    const groups = [{ group: 'g', cadre: 'c' }];
    const accountId = await bindGroups(
      database,
      { platform: 'test', name: 'bot' },
      groups,
      at(wednesday - 1, '9:00'),
    );
    const bot = await startBot(parts);
    expect(bot.accountId).toBe(accountId);
    await hears({ type: 'bot-added', id: 'e1', at: clock.time, chat });
    await bot.idle();
    await hears(says('m1', 'u', '/帮助', clock.time));
    await hears({ type: 'listening', from: at(wednesday - 1, '0:00'), until: at(wednesday, '20:01') });
    await bot.idle();
    await vi.waitFor(async () => expect(await database.db.member.count()).toBe(3));
    clock.time = at(wednesday, '20:01');
    for (let i = 0; i < 3; i++) await bot.tick();
    await bot.idle();
    expect(sent.map(({ chat: to }) => to)).toEqual(['group:g', 'group:g', 'private:c']);
    expect(sent[2]).toEqual({ chat: 'private:c', kind: 'card', key: 'digest/1/2026-08-05' });

    // Heard, and the end comes at once.
    await hears(says('m2', 'u', '/帮助', clock.time));
    await bot.stop();
    expect(sent).toHaveLength(4);
    expect(steps.slice(-3)).toEqual(['stop hearing', 'send', 'stop']);
    expect(await holderOf(database.db, accountId)).toBeUndefined();
    await bot.tick();
    expect(sent).toHaveLength(4);
  });

  it('gives the account back when the platform cannot be used, and says nothing until it can', async () => {
    const { database, clock, parts, sent, steps } = await begin();
    const accountId = await bindGroups(
      database,
      { platform: 'test', name: 'bot' },
      [{ group: 'g', cadre: 'c' }],
      at(wednesday - 1, '9:00'),
    );
    const notice = {
      key: 'k',
      kind: 'notice',
      to: { groupId: 1 },
      draft: { type: 'text', text: '明天见' },
    } as const;
    await say(database.db, accountId, toRow(notice), clock.time);
    const { start } = parts.adapter;
    parts.adapter.start = async () => {
      throw new Error('no such app');
    };
    await expect(startBot(parts)).rejects.toThrow('no such app');
    expect(await holderOf(database.db, 1)).toBeUndefined();
    expect([sent, steps.slice(-2)]).toEqual([[], ['stop hearing', 'stop']]);
    expect(await database.db.outbox.findMany()).toMatchObject([{ state: 'pending', attempts: 0 }]);
    parts.adapter.start = start;
    const bot = await startBot(parts);
    await bot.idle();
    expect(sent).toEqual([{ chat: 'group:g', kind: 'text', key: 'k' }]);
    await bot.stop();
  });

  it('counts what comes right behind a binding, also one that the last run left undone', async () => {
    const { database, clock, parts, hears } = await begin();
    const cadre = (name: string) =>
      database.transaction((tx) =>
        createCadre(tx, {
          name,
          unit: '数学系团总支',
          now: clock.time,
          random: (bytes) => randomBytes(bytes),
          hash: (text) => parts.secret.hash(text),
        }),
      );
    const accountId = await ensureAccount(database.db, 'test', 'bot');
    const left = {
      ...says('left', 'd', `/绑定 ${(await cadre('李')).code}`, clock.time),
      chat: { ...chat, id: 'h' },
    };
    await putHeard(
      database.db,
      accountId,
      [{ key: 'm:left', chat: 'group:h', body: JSON.stringify(left) }],
      clock.time,
    );
    const bot = await startBot(parts);
    await hears({ ...says('m0', 'u', '大家早上好', clock.time), chat: left.chat } as PlatformEvent);
    await hears(says('m1', 'u', '大家早上好', clock.time));
    await Promise.all([
      hears(says('m2', 'c', `/绑定 ${(await cadre('张')).code}`, clock.time)),
      hears(says('m3', 'c', '大家好，我是张老师', clock.time)),
      hears(says('m4', 'u', '老师好', clock.time)),
    ]);
    expect(await database.db.binding.count()).toBe(2);
    expect(await database.db.presence.count()).toBe(3);
    await bot.stop();
  });

  it('counts what comes behind a binding where each is told only once the one before is taken', async () => {
    const { database, clock, parts, hears } = await begin();
    const { code } = await database.transaction((tx) =>
      createCadre(tx, {
        name: '张',
        unit: '数学系团总支',
        now: clock.time,
        random: (bytes) => randomBytes(bytes),
        hash: (text) => parts.secret.hash(text),
      }),
    );
    const bot = await startBot(parts);
    await hears(says('m1', 'u', '大家早上好', clock.time));
    const bind = says('m2', 'c', `/绑定 ${code}`, clock.time);
    for (const event of [
      bind,
      says('m3', 'c', '大家好，我是张老师', clock.time),
      bind,
      says('m4', 'u', '老师好', clock.time),
    ])
      await hears(event);
    expect(await database.db.binding.count()).toBe(1);
    expect(await database.db.presence.count()).toBe(2);
    await bot.stop();
  });

  it('counts in a group from when another process has bound it', async () => {
    const { database, clock, parts, hears } = await begin();
    const bot = await startBot(parts);
    await hears(says('m1', 'u', '大家早上好', clock.time));
    await bindGroups(
      database,
      { platform: 'test', name: 'bot' },
      [{ group: 'g', cadre: 'c' }],
      at(wednesday, '8:00'),
    );
    await bot.tick();
    await vi.waitFor(async () => {
      await hears(says('m2', 'u', '大家早上好', clock.time));
      expect(await presenceOf(database.db, 1, wednesday, wednesday)).toHaveLength(1);
    });
    await bot.stop();
  });
});
