import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

const attempts = 6;

const cause = z.object({ kind: z.string().optional(), originalCode: z.string().optional() });
const prismaError = z.object({
  code: z.string(),
  meta: z
    .object({ driverAdapterError: z.object({ cause }) })
    .optional()
    .catch(undefined),
});

/** Whether PostgreSQL gave this transaction up for another one's sake: serialization failure or deadlock. */
function isCollision(error: unknown): boolean {
  const parsed = prismaError.safeParse(error);
  if (!parsed.success) return false;
  const { originalCode } = parsed.data.meta?.driverAdapterError.cause ?? {};
  return parsed.data.code === 'P2034' || originalCode === '40001' || originalCode === '40P01';
}

/** Runs a transaction, and again a few times after a random pause when it collided with another. */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !isCollision(error)) throw error;
      await wait(Math.random() * 20 * 2 ** attempt);
    }
  }
}
