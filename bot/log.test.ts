import { expect, it } from 'vitest';
import { openDatabase } from '../prisma/database.ts';
import { errorFields } from './log.ts';

it('keeps the arguments of a failed statement out of the log', async () => {
  const database = await openDatabase('file::memory:');
  const fault = await database.db.demand
    .create({
      data: { groupId: 1, number: 1, askerId: 1, text: '私密的话', createdAt: new Date(Number.NaN) },
    })
    .catch((thrown: unknown) => thrown);
  await database.close();
  expect(String(fault)).toContain('私密的话');
  const logged = JSON.stringify(errorFields(fault as Error));
  expect(logged).not.toContain('私密的话');
  expect(logged).toContain('Prisma');
  expect(JSON.stringify(errorFields(new Error('the disk is full')))).toContain('the disk is full');
});
