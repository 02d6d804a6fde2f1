import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { ensureAccount } from './accounts.ts';
import { attempted, done, forgetDone, putHeard, undone, waiting } from './inbox.ts';

const at = 1_788_000_000_000;
const heard = (key: string, chat = 'group:g', body = `{"text":"${key}"}`) => ({ key, chat, body });

describeOnBoth('the inbox', (open) => {
  it('keeps what was heard once, in its order, until it is done; the key stays, the text goes', async () => {
    const { db } = await open();
    const account = await ensureAccount(db, 'test', 'bot');
    await putHeard(
      db,
      account,
      [heard('m:2'), heard('m:1', 'private:u'), heard('m:2', 'group:g', 'other')],
      at,
    );
    await putHeard(db, account, [heard('m:1'), heard('m:3')], at + 1);
    const rows = await undone(db, account, [], 10);
    expect(rows.map(({ chat, body }) => [chat, body])).toEqual([
      ['group:g', '{"text":"m:2"}'],
      ['private:u', '{"text":"m:1"}'],
      ['group:g', '{"text":"m:3"}'],
    ]);
    expect(await undone(db, account, ['group:g'], 10)).toEqual([rows[1]]);
    expect(await undone(db, account, [], 1)).toEqual([rows[0]]);

    await attempted(db, rows[0]!.id);
    expect((await undone(db, account, [], 1))[0]).toMatchObject({ attempts: 1 });
    expect(await done(db, rows[0]!.id, at + 2)).toBe(true);
    expect(await done(db, rows[0]!.id, at + 3, 'late')).toBe(false);
    expect(await db.inbox.findUnique({ where: { id: rows[0]!.id } })).toMatchObject({
      key: 'm:2',
      body: null,
      fault: null,
      doneAt: new Date(at + 2),
    });
    await putHeard(db, account, [heard('m:2')], at + 4);
    expect(await waiting(db, account)).toBe(2);
    // Another account hears for itself.
    const other = await ensureAccount(db, 'test', 'other');
    await putHeard(db, other, [heard('m:2')], at);
    expect(await waiting(db, other)).toBe(1);
  });

  it('gives one of two transactions what is done, and takes the other’s effects back', async () => {
    const database = await open();
    const account = await ensureAccount(database.db, 'test', 'bot');
    await putHeard(database.db, account, [heard('m:1')], at);
    const [row] = await undone(database.db, account, [], 1);
    const outcomes = await Promise.allSettled(
      [1, 2].map((i) =>
        database.transaction(async (tx) => {
          await tx.unit.create({ data: { name: `effect ${i}` } });
          if (!(await done(tx, row!.id, at))) throw new Error('done already');
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await database.db.unit.count()).toBe(1);
  });

  it('takes thousands at once in order, and texts of any kind', async () => {
    const { db } = await open();
    const account = await ensureAccount(db, 'test', 'bot');
    const body = JSON.stringify({ text: 'x\u0000\ud800\u202e“长”'.repeat(10) });
    const rows = Array.from({ length: 6_000 }, (_, i) => heard(`m:${i}`, 'g', i === 5_999 ? body : '{}'));
    await putHeard(db, account, [heard('m:big', 'g', JSON.stringify('大'.repeat(350_000))), ...rows], at);
    const kept = await undone(db, account, [], 10_000);
    expect(kept[0]!.body).toHaveLength(350_002);
    expect(kept.at(-1)!.body).toBe(body);
    const keys = await db.inbox.findMany({ orderBy: { id: 'asc' }, select: { key: true } });
    expect(keys.map(({ key }) => key)).toEqual(['m:big', ...rows.map(({ key }) => key)]);
  });

  it('forgets only what was done long ago', async () => {
    const { db } = await open();
    const account = await ensureAccount(db, 'test', 'bot');
    await putHeard(
      db,
      account,
      ['m:1', 'm:2', 'm:3'].map((key) => heard(key)),
      at,
    );
    const [one, two] = await undone(db, account, [], 3);
    await done(db, one!.id, at);
    await done(db, two!.id, at + 10);
    expect(await forgetDone(db, at + 10)).toBe(1);
    expect((await db.inbox.findMany({ orderBy: { id: 'asc' } })).map(({ key }) => key)).toEqual([
      'm:2',
      'm:3',
    ]);
  });
});
