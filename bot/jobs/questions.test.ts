import { expect, it } from 'vitest';
import { keepQuestion } from '../../prisma/store/confirmations.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { dropQuestions } from './questions.ts';

const now = Date.UTC(2026, 8, 2, 7, 4);
const minute = 60_000;

describeOnBoth('questions that nobody answered', (open) => {
  it('are gone a quarter of an hour later, and those that wait stay', async () => {
    const database = await open();
    const { db } = database;
    const keep = (chat: string, expiresAt: number) =>
      keepQuestion(db, { personId: 1, chat, command: '/诉求 热水坏了', expiresAt });
    await keep('old', now - 11 * minute);
    await keep('late', now - 9 * minute);
    await keep('waiting', now + minute);
    await dropQuestions.run(database, now);
    const left = await db.confirmation.findMany({ orderBy: { chat: 'asc' } });
    expect(left.map(({ chat }) => chat)).toEqual(['late', 'waiting']);
    expect(dropQuestions.lastDue(now)).toBe(now - 4 * minute);
  });
});
