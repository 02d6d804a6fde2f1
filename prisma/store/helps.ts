/** Mutual help (互助) of a group, numbered, and who would like to be in touch with whom. */
import {
  type ContactState,
  contactLapseMs,
  type Direction,
  directionNames,
  type Help,
  type HelpStage,
  helpStageNames,
} from '../../domain/listening/help.ts';
import type { Db } from '../database.ts';
import { listChanged } from './kept-cards.ts';
import { lockGroup } from './numbering.ts';

/** A request or an offer as it lies in the database. */
export interface HelpRow extends Help {
  readonly id: number;
  readonly groupId: number;
}

/** Somebody who would like to be in touch. */
export interface ContactRow {
  readonly personId: number;
  readonly state: ContactState;
  readonly askedAt: number;
}

/** The number of a group's next request or offer; the group is held until the transaction ends, so that nobody else gets it. */
export async function nextHelpNumber(db: Db, groupId: number): Promise<number> {
  await lockGroup(db, groupId);
  const last = await db.help.findFirst({
    where: { groupId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  return (last?.number ?? 0) + 1;
}

/** Puts a request or an offer on the group's list. */
export async function addHelp(db: Db, groupId: number, help: Help, now: number): Promise<HelpRow> {
  const row = await db.help.create({
    data: {
      groupId,
      number: help.number,
      ownerId: help.owner,
      direction: help.direction,
      text: help.text,
      createdAt: new Date(now),
      expiresAt: new Date(help.expiresAt),
    },
  });
  await listChanged(db, groupId, 'helps');
  return helpFrom(row);
}

/** The request or offer with that number in the group. */
export async function helpNumbered(db: Db, groupId: number, number: number): Promise<HelpRow | undefined> {
  const row = await db.help.findUnique({ where: { groupId_number: { groupId, number } } });
  return row ? helpFrom(row) : undefined;
}

/** Keeps what a request or an offer has become, if it still is as it was read. False: somebody else has moved it. */
export async function moveHelp(db: Db, before: HelpRow, after: Help): Promise<boolean> {
  const { count } = await db.help.updateMany({
    where: { id: before.id, state: before.state, expiresAt: new Date(before.expiresAt) },
    data: {
      state: after.state,
      text: after.text,
      expiresAt: new Date(after.expiresAt),
      closedAt: after.closedAt === undefined ? null : new Date(after.closedAt),
    },
  });
  await listChanged(db, before.groupId, 'helps');
  return count === 1;
}

/** What is on a group's list, the newest first. */
export async function openHelps(db: Db, groupId: number, limit: number): Promise<readonly HelpRow[]> {
  const rows = await db.help.findMany({
    where: { groupId, state: 'open' },
    orderBy: { number: 'desc' },
    take: limit,
  });
  return rows.map(helpFrom);
}

/** How many are on a group's list. */
export async function countOpenHelps(db: Db, groupId: number): Promise<number> {
  return db.help.count({ where: { groupId, state: 'open' } });
}

/** The owner's open one of that text: said twice, it is one. */
export async function sameHelp(
  db: Db,
  groupId: number,
  what: Pick<Help, 'owner' | 'direction' | 'text'>,
): Promise<HelpRow | undefined> {
  const { owner: ownerId, direction, text } = what;
  const row = await db.help.findFirst({ where: { groupId, ownerId, direction, text, state: 'open' } });
  return row ? helpFrom(row) : undefined;
}

/** How many a person has on the list, and how many they posted since an instant. */
export async function helpsInHand(
  db: Db,
  ownerId: number,
  since: number,
): Promise<{ readonly open: number; readonly made: number }> {
  return {
    open: await db.help.count({ where: { ownerId, state: 'open' } }),
    made: await db.help.count({ where: { ownerId, createdAt: { gt: new Date(since) } } }),
  };
}

/** What a person has posted, the newest first, with the name of the group. */
export async function helpsOf(
  db: Db,
  ownerId: number,
  limit: number,
): Promise<readonly (HelpRow & { readonly group: string })[]> {
  const rows = await db.help.findMany({
    where: { ownerId },
    orderBy: { id: 'desc' },
    take: limit,
    include: { group: { select: { name: true } } },
  });
  return rows.map((row) => ({ ...helpFrom(row), group: row.group.name }));
}

/** What came of somebody's asking. */
export async function contactOf(db: Db, helpId: number, personId: number): Promise<ContactState | undefined> {
  const row = await db.helpContact.findUnique({ where: { helpId_personId: { helpId, personId } } });
  return row ? contactFrom(row).state : undefined;
}

/** Who waits for the owner's word, the earliest first. */
export async function contactsWaiting(db: Db, helpId: number): Promise<readonly ContactRow[]> {
  const rows = await db.helpContact.findMany({
    where: { helpId, state: 'asked' },
    orderBy: [{ askedAt: 'asc' }, { personId: 'asc' }],
  });
  return rows.map(contactFrom);
}

/** Notes that somebody would like to be in touch; anew where no word came the last time. False: it was noted before. */
export async function askContact(db: Db, helpId: number, personId: number, at: number): Promise<boolean> {
  const askedAt = new Date(at);
  const added = await db.$executeRaw`
    INSERT INTO "HelpContact" ("helpId", "personId", "state", "askedAt")
    VALUES (${helpId}, ${personId}, 'asked', ${askedAt}) ON CONFLICT DO NOTHING`;
  if (added === 1) return true;
  const { count } = await db.helpContact.updateMany({
    where: { helpId, personId, state: 'lapsed' },
    data: { state: 'asked', askedAt },
  });
  return count === 1;
}

/** Keeps what the owner said. False: nobody waited for it. */
export async function settleContact(
  db: Db,
  helpId: number,
  personId: number,
  state: Exclude<ContactState, 'asked'>,
): Promise<boolean> {
  const { count } = await db.helpContact.updateMany({
    where: { helpId, personId, state: 'asked' },
    data: { state },
  });
  return count === 1;
}

/** How many people somebody has asked to be in touch with since an instant. */
export async function askedSince(db: Db, personId: number, since: number): Promise<number> {
  return db.helpContact.count({ where: { personId, askedAt: { gt: new Date(since) } } });
}

/** What is over at an instant: the time on the list, and the time for an owner's word. */
export async function overdueHelps(
  db: Db,
  now: number,
): Promise<{
  readonly expiring: readonly HelpRow[];
  readonly unanswered: readonly { readonly help: HelpRow; readonly personId: number }[];
}> {
  const expiring = await db.help.findMany({ where: { state: 'open', expiresAt: { lte: new Date(now) } } });
  const unanswered = await db.helpContact.findMany({
    where: { state: 'asked', askedAt: { lte: new Date(now - contactLapseMs) } },
    include: { help: true },
  });
  return {
    expiring: expiring.map(helpFrom),
    unanswered: unanswered.map(({ help, personId }) => ({ help: helpFrom(help), personId })),
  };
}

/** Deletes what was over before an instant, with who asked. */
export async function forgetHelps(db: Db, before: number): Promise<void> {
  const over = { state: { not: 'open' }, closedAt: { lt: new Date(before) } };
  await db.helpContact.deleteMany({ where: { help: over } });
  await db.help.deleteMany({ where: { ...over, contacts: { none: {} } } });
}

const states = Object.keys(helpStageNames) as HelpStage[];
const directions = Object.keys(directionNames) as Direction[];
const contactStates: readonly ContactState[] = ['asked', 'given', 'refused', 'lapsed'];

function helpFrom(row: NonNullable<Awaited<ReturnType<Db['help']['findUnique']>>>): HelpRow {
  const state = states.find((known) => known === row.state);
  const direction = directions.find((known) => known === row.direction);
  if (!state || !direction) throw new Error(`help ${row.id} is in an unknown state`);
  return {
    id: row.id,
    groupId: row.groupId,
    number: row.number,
    owner: row.ownerId,
    direction,
    text: row.text,
    state,
    expiresAt: row.expiresAt.getTime(),
    closedAt: row.closedAt?.getTime(),
  };
}

function contactFrom(row: {
  readonly personId: number;
  readonly state: string;
  readonly askedAt: Date;
}): ContactRow {
  const state = contactStates.find((known) => known === row.state);
  if (!state) throw new Error('a contact is in an unknown state');
  return { personId: row.personId, state, askedAt: row.askedAt.getTime() };
}
