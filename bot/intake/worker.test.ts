import { expect, it } from 'vitest';
import type { ChatEvent, MessageEvent } from '../../adapters/adapter.ts';
import type { Database } from '../../prisma/database.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { resolveGroup } from '../../prisma/store/identity.ts';
import { putHeard } from '../../prisma/store/inbox.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { silentLog } from '../log.ts';
import { secretOf } from '../secret.ts';
import { type Handler, Worker } from './worker.ts';

const now = Date.UTC(2026, 2, 2);

function command(id: string, chat = 'g1'): MessageEvent {
  return {
    type: 'message',
    id,
    at: now,
    chat: { kind: 'group', id: chat },
    sender: { id: 'u1' },
    kind: 'text',
    text: `/${id}`,
    mentions: [],
    mentionsBot: false,
  };
}

const idOf = (event: ChatEvent) => event.id;

describeOnBoth('the worker', (open) => {
  async function begin(handle: Handler) {
    const database = await open();
    const accountId = await ensureAccount(database.db, 'test', 'bot');
    const groupId = await database.transaction((tx) => resolveGroup(tx, accountId, { id: 'g1' }, now));
    const after: string[] = [];
    const hear = (...events: readonly ChatEvent[]) =>
      putHeard(
        database.db,
        accountId,
        events.map((event) => ({
          key: `m:${event.id}`,
          chat: `${event.chat.kind}:${event.chat.id}`,
          body: JSON.stringify(event),
        })),
        now,
      );
    const employ = () =>
      new Worker({
        secret: secretOf('for tests'),
        database,
        accountId,
        handle,
        apologise: async (_, event) => [reply(`sorry/${idOf(event)}`)],
        clock: { now: () => now },
        log: silentLog,
        after: async (event) => void after.push(idOf(event)),
        waitMs: 1,
      });
    const reply = (key: string) =>
      ({ key, kind: 'reply', to: { groupId }, draft: { type: 'text', text: key } }) as const;
    return { database, hear, employ, reply, after };
  }

  /** An effect that shows when it is had twice. */
  const leaveTrace = (tx: Parameters<Handler>[0], event: ChatEvent) =>
    tx.audit.create({ data: { at: new Date(now), actor: '', action: idOf(event), subject: '', hash: '' } });
  const tracesIn = async ({ db }: Database) =>
    (await db.audit.findMany({ orderBy: { id: 'asc' } })).map(({ action }) => action);

  it('holds back what is only said if help is lost', async () => {
    const stage = await begin(async () => [
      {
        key: 'help/1',
        kind: 'help',
        to: { personId: 1 },
        draft: { type: 'text', text: '12356' },
        ifLost: { kind: 'notice', to: { personId: 2 }, draft: { type: 'text', text: '没送到' } },
      },
    ]);
    await stage.hear(command('a'));
    const worker = stage.employ();
    worker.wake();
    await worker.idle();
    const rows = await stage.database.db.outbox.findMany({ orderBy: { id: 'asc' } });
    expect(rows).toMatchObject([
      { key: 'help/1', kind: 'help', personId: 1, state: 'pending' },
      { key: 'help/1/lost', kind: 'notice', personId: 2, state: 'held' },
    ]);
  });

  it('keeps the order of a chat, and does not let one chat wait for another', async () => {
    const order: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let others = 0;
    const { hear, employ, database } = await begin(async (_, event) => {
      order.push(idOf(event));
      if (event.id === 'g1-0' && order.filter((id) => id === 'g1-0').length === 1) throw new Error('not yet');
      if (event.chat.id === 'g2' && ++others === 3) release();
      return [];
    });
    await hear(...['g1-0', 'g1-1', 'g1-2'].map((id) => command(id)));
    await hear(...['g2-0', 'g2-1', 'g2-2'].map((id) => command(id, 'g2')));
    const worker = employ();
    worker.wake();
    await held;
    await worker.idle();
    expect(order.filter((id) => id.startsWith('g1'))).toEqual(['g1-0', 'g1-0', 'g1-1', 'g1-2']);
    expect(order.filter((id) => id.startsWith('g2'))).toEqual(['g2-0', 'g2-1', 'g2-2']);
    expect(await database.db.inbox.count({ where: { doneAt: null } })).toBe(0);
    expect(await database.db.inbox.count({ where: { body: { not: null } } })).toBe(0);
  });

  it('undoes what a failing handler did, tries again, and apologises at last', async () => {
    let tries = 0;
    const { database, hear, employ, reply, after } = await begin(async (tx, event) => {
      await leaveTrace(tx, event);
      if (event.id === 'bad') tries++;
      if (event.id === 'bad' || (event.id === 'flaky' && ++flaky < 3)) throw new Error('a fault of ours');
      return [reply(`done/${idOf(event)}`)];
    });
    let flaky = 0;
    await hear(command('flaky'), command('bad'), command('good'));
    const worker = employ();
    worker.wake();
    await worker.idle();
    expect(await tracesIn(database)).toEqual(['flaky', 'good']);
    expect(tries).toBe(4);
    const said = await database.db.outbox.findMany({ orderBy: { id: 'asc' } });
    expect(said.map(({ key }) => key)).toEqual(['done/flaky', 'sorry/bad', 'done/good']);
    const rows = await database.db.inbox.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map(({ fault, attempts }) => [fault, attempts])).toEqual([
      [null, 2],
      ['given up', 4],
      [null, 0],
    ]);
    expect(after).toEqual(['flaky', 'bad', 'good']);
  });

  it('does each thing once, though two work on the same rows', async () => {
    const { database, hear, employ, reply } = await begin(async (tx, event) => {
      await leaveTrace(tx, event);
      return [reply(`done/${idOf(event)}`)];
    });
    const ids = Array.from({ length: 20 }, (_, n) => `c${n}`);
    await hear(...ids.map((id, n) => command(id, `g${n % 5}`)));
    const workers = [employ(), employ()];
    for (const worker of workers) worker.wake();
    await Promise.all(workers.map((worker) => worker.idle()));
    expect((await tracesIn(database)).sort()).toEqual([...ids].sort());
  });

  it('puts a row that it cannot read aside, and goes on', async () => {
    const { database, hear, employ } = await begin(async (tx, event) => {
      await leaveTrace(tx, event);
      return [];
    });
    await hear({ ...command('torn'), type: 'unheard of' } as unknown as ChatEvent, command('fine'));
    const worker = employ();
    worker.wake();
    await worker.stop();
    expect(await tracesIn(database)).toEqual(['fine']);
    expect(await database.db.inbox.findFirst({ where: { key: 'm:torn' } })).toMatchObject({
      fault: 'unreadable',
    });
    await hear(command('late'));
    worker.wake();
    await worker.idle();
    expect(await tracesIn(database)).toEqual(['fine']);
  });
});
