import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { ensureAccount, holderOf, lease } from '../prisma/store/accounts.ts';
import { describeOnBoth } from '../tests/support/databases.ts';
import { hold } from './lease.ts';
import { silentLog } from './log.ts';

const later = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

/** Number of a process that has ended. */
async function deadNumber(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describeOnBoth('holding an account', (open) => {
  const begin = async () => {
    const { db, ...rest } = await open();
    const accountId = await ensureAccount(db, 'test', 'bot');
    const leaving = new AbortController();
    const heard = { waiting: vi.fn(), lost: vi.fn() };
    const holding = () => hold({ db, ...rest }, accountId, silentLog, heard, leaving.signal);
    const place = async () => (await holderOf(db, accountId))?.split('/')[0];
    return { db, accountId, leaving, heard, holding, place };
  };

  it('lets a second one of the same process wait until the first has given it back', async () => {
    const { holding, heard } = await begin();
    const first = await holding();
    let got = false;
    const second = holding().then((one) => {
      got = true;
      return one;
    });
    await vi.waitFor(() => expect(heard.waiting).toHaveBeenCalledTimes(1));
    expect(got).toBe(false);
    await first.release();
    await (await second).release();
    expect(heard.waiting).toHaveBeenCalledTimes(1);
  });

  it('takes over at once from a process that ended here, and from nobody else', async () => {
    const { db, accountId, holding, heard, place, leaving } = await begin();
    const first = await holding();
    const here = await place();
    await first.release();
    const left = async (holder: string) => {
      await db.account.updateMany({ data: { leaseHolder: null, leaseUntil: null } });
      expect(await lease(db, accountId, holder, Date.now(), later)).toBe(true);
    };
    for (const dead of [await deadNumber(), process.pid]) {
      await left(`${here}/${dead}/x`);
      await (await holding()).release();
      expect(heard.waiting).not.toHaveBeenCalled();
    }
    const number = await deadNumber();
    for (const alive of [
      `${here}/${process.ppid}/x`,
      `elsewhere/${number}/x`,
      `${here} other/${process.pid}/x`,
    ]) {
      heard.waiting.mockClear();
      await left(alive);
      const waiting = holding();
      await vi.waitFor(() => expect(heard.waiting).toHaveBeenCalledTimes(1));
      expect(await holderOf(db, accountId)).toBe(alive);
      await db.account.updateMany({ data: { leaseUntil: new Date(Date.now() - 1) } });
      await (await waiting).release();
    }
    await left('elsewhere/1/x');
    const waiting = holding();
    leaving.abort();
    await expect(waiting).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(await holderOf(db, accountId)).toBe('elsewhere/1/x');
  });

  it('is renewed, and tells when another process has it all the same', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['setInterval', 'clearInterval', 'Date'] });
    const { db, accountId, holding, heard } = await begin();
    const ours = await holding();
    const holder = await holderOf(db, accountId);
    for (let i = 0; i < 6; i++) {
      const before = (await db.account.findUniqueOrThrow({ where: { id: accountId } })).leaseUntil;
      vi.advanceTimersByTime(10_000);
      await vi.waitFor(async () =>
        expect((await db.account.findUniqueOrThrow({ where: { id: accountId } })).leaseUntil).not.toEqual(
          before,
        ),
      );
    }
    expect(await holderOf(db, accountId)).toBe(holder);
    expect(heard.lost).not.toHaveBeenCalled();
    // As after a long sleep of this machine.
    await lease(db, accountId, 'elsewhere/1/x', Date.now() + later, later);
    vi.advanceTimersByTime(10_000);
    await vi.waitFor(() => expect(heard.lost).toHaveBeenCalledTimes(1));
    vi.advanceTimersByTime(30_000);
    expect(heard.lost).toHaveBeenCalledTimes(1);
    await ours.release();
    expect(await holderOf(db, accountId)).toBe('elsewhere/1/x');
  });
});
