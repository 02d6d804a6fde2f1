import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { lastRun, noteRun } from './jobs.ts';
import { noteReminders, sentKeys } from './reminders.ts';

const at = 1_788_000_000_000;

describeOnBoth('jobs and reminders', (open) => {
  it('a job’s last run is the one noted last', async () => {
    const { db } = await open();
    expect(await lastRun(db, 'x')).toBeUndefined();
    await noteRun(db, 'x', at, at + 1);
    await noteRun(db, 'x', at + 60_000, at + 60_001);
    await noteRun(db, 'y', at, at);
    expect(await lastRun(db, 'x')).toBe(at + 60_000);
  });

  it('a reminder exists once: a transaction that would say it again is taken back', async () => {
    const database = await open();
    const { db } = database;
    const reminder = {
      key: 'r/1',
      recipient: { cadreId: 1 },
      groupId: 1,
      requirement: 'voice',
      period: 'd',
      stage: 'e',
    };
    await noteReminders(db, [reminder, { ...reminder, key: 'r/2' }], at);
    const again = database.transaction(async (tx) => {
      await tx.unit.create({ data: { name: 'effect' } });
      await noteReminders(tx, [reminder], at);
    });
    await expect(again).rejects.toThrow();
    expect(await db.unit.count()).toBe(0);
    expect(await sentKeys(db, { cadreId: 1 }, 'digest')).toEqual(new Set(['r/1', 'r/2']));
    expect(await sentKeys(db, { cadreId: 2 }, 'digest')).toEqual(new Set());
  });
});
