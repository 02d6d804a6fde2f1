/** Questions that nobody answered are dropped soon: one may hold what a youth wrote privately (docs/privacy.md). */
import { forgetQuestions } from '../../prisma/store/confirmations.ts';
import type { Job } from './job.ts';

/** So much later, a late “是” is still told that it came too late; milliseconds. */
const toldLateMs = 10 * 60_000;

export const dropQuestions: Job = {
  name: 'drop-questions',
  lastDue: (now) => now - (now % toldLateMs),
  catchUpMs: Number.POSITIVE_INFINITY,
  run: (database, now) => forgetQuestions(database.db, now - toldLateMs),
};
