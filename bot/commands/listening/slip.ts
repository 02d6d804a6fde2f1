/** Slips: what an anonymous asker wants done, sealed until a random hour (bot/jobs/slips.ts carries it out). */
import { z } from 'zod';
import { carriedOnAt } from '../../../domain/listening/anonymous.ts';
import type { AskerStep } from '../../../domain/listening/demand.ts';
import type { Db } from '../../../prisma/database.ts';
import { putSlip } from '../../../prisma/store/slips.ts';
import type { Secret } from '../../secret.ts';

const purpose = 'slip';

const slip = z.discriminatedUnion('kind', [
  /** To be filed. */
  z.object({ kind: z.literal('file'), groupId: z.int(), text: z.string(), address: z.string() }),
  z.object({ kind: z.literal('step'), step: z.enum(['confirm', 'reopen', 'agree', 'disagree']) }),
  /** It is withdrawn already; others are yet to be told, and what was `freed` by it is to be handled. */
  z.object({ kind: z.literal('withdrawn'), freed: z.array(z.int()), answered: z.boolean() }),
]);
export type Slip = z.infer<typeof slip>;
export type SlipStep = Extract<Slip, { kind: 'step' }>['step'];

/** A slip's step as the demand takes it, at an instant. */
export function stepOf(
  step: SlipStep,
  at: number,
): Exclude<AskerStep, { readonly step: 'lapse' | 'withdraw' }> {
  return step === 'confirm' || step === 'reopen'
    ? { step, at }
    : { step: 'consent', at, yes: step === 'agree' };
}

/** Keeps a slip until its hour. */
export async function dropSlip(
  db: Db,
  ticket: string,
  what: Slip,
  by: {
    readonly now: number;
    readonly secret: Pick<Secret, 'seal'>;
    readonly random: (bytes: number) => Uint8Array;
  },
): Promise<void> {
  const body = by.secret.seal(purpose, JSON.stringify(what));
  await putSlip(db, { ticket, body, dueAt: carriedOnAt(by.now, by.random) });
}

/** What stands in a slip; undefined where it was sealed with another key. */
export function readSlip(secret: Pick<Secret, 'open'>, body: string): Slip | undefined {
  const text = secret.open(purpose, body);
  return text === undefined ? undefined : slip.parse(JSON.parse(text));
}
