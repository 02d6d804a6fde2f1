import { describe, expect, it, vi } from 'vitest';
import type { Database } from '../../prisma/database.ts';
import { openDatabase } from '../../prisma/database.ts';
import { lastRun } from '../../prisma/store/jobs.ts';
import { newSqliteFile } from '../../tests/support/databases.ts';
import { silentLog } from '../log.ts';
import { each, type Job } from './job.ts';
import { JobRunner } from './runner.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 8, 2);

async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const place = await newSqliteFile();
  const database = await openDatabase(place.url);
  try {
    await work(database);
  } finally {
    await database.close();
    await place.remove();
  }
}

/** A job due on every full hour. */
const hourly = (run: () => Promise<void>, catchUpMs = Number.POSITIVE_INFINITY): Job => ({
  name: 'hourly',
  lastDue: (now) => now - (now % hour),
  catchUpMs,
  run,
});

function runnerOf(database: Database, clock: { time: number }, ...jobs: Job[]) {
  const error = vi.fn();
  const afterTick = vi.fn();
  const log = { ...silentLog, error };
  return {
    runner: new JobRunner({ database, jobs, clock: { now: () => clock.time }, log, afterTick }),
    error,
    afterTick,
  };
}

describe('jobs', () => {
  it('run once when they are due, also over restarts', () =>
    withDatabase(async (database) => {
      const run = vi.fn(async () => {});
      const clock = { time: start };
      for (const minutes of [0, 1, 59, 60, 61, 61, 200]) {
        clock.time = start + minutes * 60_000;
        await runnerOf(database, clock, hourly(run)).runner.tick();
      }
      expect(run).toHaveBeenCalledTimes(3);
      expect(await lastRun(database.db, 'hourly')).toBe(start + 3 * hour);
    }));

  it('that fail are tried again at the next tick, and keep no other from running', () =>
    withDatabase(async (database) => {
      const faults = [new Error('one'), new Error('two')];
      const failing = vi.fn(async () => {
        const fault = faults.shift();
        if (fault) throw fault;
      });
      const other = vi.fn(async () => {});
      const odd = {
        ...hourly(async () => {}),
        name: 'odd',
        lastDue: () => {
          throw new Error('odd');
        },
      };
      const clock = { time: start };
      const { runner, error, afterTick } = runnerOf(database, clock, hourly(failing), odd, {
        ...hourly(other),
        name: 'other',
      });
      for (let minute = 0; minute < 5; minute++) {
        clock.time = start + minute * 60_000;
        await runner.tick();
      }
      expect(failing).toHaveBeenCalledTimes(3);
      expect(other).toHaveBeenCalledTimes(1);
      expect(afterTick).toHaveBeenCalledTimes(5);
      expect(error.mock.calls.filter(([{ job }]) => job === 'hourly')).toHaveLength(2);
    }));

  it('are caught up with within their bound only', () =>
    withDatabase(async (database) => {
      const run = vi.fn(async () => {});
      const clock = { time: start + 20 * 60_000 };
      const { runner } = runnerOf(database, clock, hourly(run, 10 * 60_000));
      await runner.tick();
      expect(run).not.toHaveBeenCalled();
      clock.time = start + hour + 10 * 60_000;
      await runner.tick();
      expect(run).toHaveBeenCalledTimes(1);
    }));

  it('run again when the clock had been ahead, not only when it gets there', () =>
    withDatabase(async (database) => {
      const run = vi.fn(async () => {});
      const clock = { time: Date.UTC(2099, 0, 1) };
      const { runner } = runnerOf(database, clock, hourly(run));
      await runner.tick();
      clock.time = start;
      await runner.tick();
      await runner.tick();
      expect(run).toHaveBeenCalledTimes(2);
    }));

  it('never overlap, and end with the tick under way', () =>
    withDatabase(async (database) => {
      let running = 0;
      let most = 0;
      const clock = { time: start };
      const run = vi.fn(async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running--;
        clock.time += hour;
      });
      const { runner } = runnerOf(database, clock, hourly(run));
      await runner.start();
      const ticks = [runner.tick(), runner.tick()];
      await new Promise((resolve) => setTimeout(resolve, 5));
      await runner.stop();
      expect(running).toBe(0);
      const before = run.mock.calls.length;
      await Promise.all(ticks);
      await runner.tick();
      expect(run).toHaveBeenCalledTimes(before);
      expect(most).toBe(1);
    }));
});

describe('each of several things', () => {
  it('is done although one fails; then all faults are told', async () => {
    const done: number[] = [];
    const work = async (n: number) => {
      if (n % 2 === 0) throw new Error(`${n}`);
      done.push(n);
    };
    await each([1, 3], work);
    await expect(each([1, 2, 3], work)).rejects.toThrow('2');
    await expect(each([2, 3, 4], work)).rejects.toMatchObject({
      errors: [{ message: '2' }, { message: '4' }],
    });
    expect(done).toEqual([1, 3, 1, 3, 3]);
  });
});
