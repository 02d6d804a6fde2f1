/** Carries on, on the hour, what anonymous askers have done hours before (domain/listening/anonymous.ts). */
import { dayOf } from '../../domain/calendar/day.ts';
import { decide } from '../../domain/listening/demand.ts';
import { politeFrom } from '../../domain/topics/planning.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { demandOfTicket, moveDemand } from '../../prisma/store/demands.ts';
import { say } from '../../prisma/store/outbox.ts';
import { dueSlips, forgetCounts, takeSlip, waitingSlip } from '../../prisma/store/slips.ts';
import { auditAnonymous, file, noticeOf } from '../commands/listening/anonymous-filing.ts';
import { tellCadre, tellOfWithdrawal } from '../commands/listening/asker-steps.ts';
import { readSlip, type Slip, stepOf } from '../commands/listening/slip.ts';
import type { Saying } from '../dialogue/command.ts';
import { toRow } from '../outbox/row.ts';
import type { Secret } from '../secret.ts';
import { each, type Job } from './job.ts';

const hourMs = 3_600_000;

interface Carrying {
  readonly ticket: string;
  readonly now: number;
  readonly secret: Secret;
}

/** Files, takes steps and tells the cadre; slips of another key are left, in case that it comes back. */
export function slips(secret: Secret): Job {
  return {
    name: 'slips',
    lastDue: (now) => now - (now % hourMs),
    catchUpMs: Number.POSITIVE_INFINITY,
    async run(database: Database, now: number) {
      await forgetCounts(database.db, dayOf(now));
      const tickets = await dueSlips(database.db, now);
      await each(tickets, (ticket) => database.transaction((tx) => carryOn(tx, { ticket, now, secret })));
      if (tickets.length > 0) await database.emptyLog();
    },
  };
}

async function carryOn(tx: Tx, carrying: Carrying): Promise<void> {
  const { ticket, now, secret } = carrying;
  const body = await waitingSlip(tx, ticket);
  const slip = body === undefined ? undefined : readSlip(secret, body);
  if (!slip || (await takeSlip(tx, ticket)) !== body) return;
  const { groupId, sayings } =
    slip.kind === 'file' ? await fileIt(tx, slip, carrying) : await act(tx, slip, carrying);
  if (groupId === undefined) return;
  const { accountId } = await tx.group.findUniqueOrThrow({
    where: { id: groupId },
    select: { accountId: true },
  });
  for (const [n, saying] of sayings.entries()) {
    const message = { ...saying, key: `slip/${ticket}/${now}/${n}`, notBefore: politeFrom(now) };
    await say(tx, accountId, toRow(message), now);
  }
}

interface Carried {
  readonly groupId: number | undefined;
  readonly sayings: readonly Saying[];
}

async function fileIt(
  tx: Tx,
  slip: Extract<Slip, { kind: 'file' }>,
  { ticket, now, secret }: Carrying,
): Promise<Carried> {
  const { row, cadre } = await file(tx, slip, ticket, { now, secret });
  const { groupId } = slip;
  return { groupId, sayings: cadre ? [await noticeOf(tx, await groupOf(tx, groupId), row, cadre)] : [] };
}

async function act(
  tx: Tx,
  slip: Exclude<Slip, { kind: 'file' }>,
  { ticket, now, secret }: Carrying,
): Promise<Carried> {
  const row = await demandOfTicket(tx, ticket);
  if (!row) return { groupId: undefined, sayings: [] };
  const group = await groupOf(tx, row.groupId);
  const subject = `demand:${row.id}`;
  if (slip.kind === 'withdrawn') {
    await auditAnonymous(tx, secret, now, 'demand.withdraw', subject);
    const told = await tellCadre(tx, group, row, { step: 'withdraw', at: now }, now);
    const others = await tellOfWithdrawal(tx, group, row, slip, now);
    return { groupId: row.groupId, sayings: [...told, ...others] };
  }
  const step = stepOf(slip.step, now);
  const decision = decide(row, step);
  // Something else came first: the cadre has answered, say, and nothing is to be agreed to any more.
  if (decision.kind === 'fault') return { groupId: undefined, sayings: [] };
  if (!(await moveDemand(tx, row, decision.demand)))
    throw new Error('a demand was moved while a slip was carried on');
  await auditAnonymous(tx, secret, now, `demand.${step.step}`, subject);
  return { groupId: row.groupId, sayings: await tellCadre(tx, group, row, step, now) };
}

async function groupOf(tx: Tx, id: number): Promise<{ readonly id: number; readonly name: string }> {
  return tx.group.findUniqueOrThrow({ where: { id }, select: { id: true, name: true } });
}
