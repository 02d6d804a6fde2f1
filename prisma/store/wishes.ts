/** Small wishes (微心愿) of a group, numbered, and what became of them. */
import type { Day } from '../../domain/calendar/day.ts';
import {
  askClaimerMs,
  claimLapseMs,
  type Introduction,
  type Wish,
  type WishStage,
  waningMs,
  wishStageNames,
} from '../../domain/listening/wish.ts';
import type { Db } from '../database.ts';
import { addPhoto, confirmDeed } from './deed-evidence.ts';
import { addDeed, withdrawDeed } from './deeds.ts';
import { listChanged } from './kept-cards.ts';
import { lockGroup } from './numbering.ts';

/** A wish as it lies in the database. */
export interface WishRow extends Wish {
  readonly id: number;
  readonly groupId: number;
  /** The name under which the claimer's picture is kept. */
  readonly photo: string | undefined;
  /** The deed that it was for the group's cadre. */
  readonly deedId: number | undefined;
}

/** The number of a group's next wish; the group is held until the transaction ends, so that nobody else gets it. */
export async function nextWishNumber(db: Db, groupId: number): Promise<number> {
  await lockGroup(db, groupId);
  const last = await db.wish.findFirst({
    where: { groupId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  return (last?.number ?? 0) + 1;
}

/** Hangs a wish on the group's wall. */
export async function addWish(db: Db, groupId: number, wish: Wish, now: number): Promise<WishRow> {
  const row = await db.wish.create({
    data: {
      groupId,
      number: wish.number,
      wisherId: wish.wisher,
      text: wish.text,
      createdAt: new Date(now),
      expiresAt: new Date(wish.expiresAt),
    },
  });
  await listChanged(db, groupId, 'wishes');
  return wishFrom(row);
}

/** The wish with that number in the group. */
export async function wishNumbered(db: Db, groupId: number, number: number): Promise<WishRow | undefined> {
  const row = await db.wish.findUnique({ where: { groupId_number: { groupId, number } } });
  return row ? wishFrom(row) : undefined;
}

/** The wish with that id. */
export async function wishWithId(db: Db, id: number): Promise<WishRow | undefined> {
  const row = await db.wish.findUnique({ where: { id } });
  return row ? wishFrom(row) : undefined;
}

/** Keeps what a wish has become, if it still is as it was read. False: somebody else has moved it. */
export async function moveWish(db: Db, before: WishRow, after: Wish): Promise<boolean> {
  const { count } = await db.wish.updateMany({
    where: {
      id: before.id,
      state: before.state,
      named: before.named,
      claimerId: before.claimer ?? null,
      introduction: before.introduction ?? null,
      expiresAt: new Date(before.expiresAt),
    },
    data: {
      state: after.state,
      text: after.text,
      named: after.named,
      expiresAt: new Date(after.expiresAt),
      claimerId: after.claimer ?? null,
      claimedAt: after.claimedAt === undefined ? null : new Date(after.claimedAt),
      introduction: after.introduction ?? null,
      words: after.words ?? null,
      thanks: after.thanks ?? null,
      closedAt: after.closedAt === undefined ? null : new Date(after.closedAt),
      ...(after.claimer === undefined ? { photo: null } : {}),
    },
  });
  await listChanged(db, before.groupId, 'wishes');
  return count === 1;
}

/** The wishes that hang on a group's wall and wait, the oldest first. */
export async function hangingWishes(db: Db, groupId: number, limit: number): Promise<readonly WishRow[]> {
  const rows = await db.wish.findMany({
    where: { groupId, state: 'open' },
    orderBy: { number: 'asc' },
    take: limit,
  });
  return rows.map(wishFrom);
}

/** How many wishes of a group wait, how many somebody has taken on, and how many were fulfilled since an instant. */
export async function countWishes(
  db: Db,
  groupId: number,
  since: number,
): Promise<{ readonly open: number; readonly claimed: number; readonly fulfilled: number }> {
  const count = (state: WishStage) => db.wish.count({ where: { groupId, state } });
  const fulfilled = await db.wish.count({
    where: { groupId, state: { in: ['fulfilled', 'thanked'] }, closedAt: { gte: new Date(since) } },
  });
  return { open: await count('open'), claimed: await count('claimed'), fulfilled };
}

/** The wisher's wish of that text that is not over: said twice, it is one wish. */
export async function sameWish(
  db: Db,
  groupId: number,
  wisherId: number,
  text: string,
): Promise<WishRow | undefined> {
  const row = await db.wish.findFirst({
    where: { groupId, wisherId, text, state: { in: ['open', 'claimed'] } },
  });
  return row ? wishFrom(row) : undefined;
}

/** How many wishes a person has that wait or are under way, how many of others' they have taken on, and how many they made since an instant. */
export async function wishesInHand(
  db: Db,
  personId: number,
  since: number,
): Promise<{ readonly own: number; readonly claimed: number; readonly made: number }> {
  return {
    own: await db.wish.count({ where: { wisherId: personId, state: { in: ['open', 'claimed'] } } }),
    claimed: await db.wish.count({ where: { claimerId: personId, state: 'claimed' } }),
    made: await db.wish.count({ where: { wisherId: personId, createdAt: { gt: new Date(since) } } }),
  };
}

/** How many wishes a group's people have made since an instant. */
export async function wishesSince(db: Db, groupId: number, since: number): Promise<number> {
  return db.wish.count({ where: { groupId, createdAt: { gte: new Date(since) } } });
}

/** What a person has wished for and taken on, the newest first, with the name of the group. */
export async function wishesOf(
  db: Db,
  personId: number,
  limit: number,
): Promise<readonly (WishRow & { readonly group: string })[]> {
  const rows = await db.wish.findMany({
    where: { OR: [{ wisherId: personId }, { claimerId: personId }] },
    orderBy: { id: 'desc' },
    take: limit,
    include: { group: { select: { name: true } } },
  });
  return rows.map((row) => ({ ...wishFrom(row), group: row.group.name }));
}

/** The wishes whose time on the wall, or whose claimers' time, is over at an instant. */
export async function overdueWishes(
  db: Db,
  now: number,
): Promise<{ readonly expiring: readonly WishRow[]; readonly lapsing: readonly WishRow[] }> {
  const expiring = await db.wish.findMany({ where: { state: 'open', expiresAt: { lte: new Date(now) } } });
  const lapsing = await db.wish.findMany({
    where: { state: 'claimed', claimedAt: { lte: new Date(now - claimLapseMs) } },
  });
  return { expiring: expiring.map(wishFrom), lapsing: lapsing.map(wishFrom) };
}

/** The wishes that will soon be taken off the wall, and those that were taken on a good while ago. */
export async function waitingWishes(
  db: Db,
  now: number,
): Promise<{ readonly waning: readonly WishRow[]; readonly slow: readonly WishRow[] }> {
  const waning = await db.wish.findMany({
    where: { state: 'open', expiresAt: { gt: new Date(now), lte: new Date(now + waningMs) } },
    orderBy: { id: 'asc' },
  });
  const slow = await db.wish.findMany({
    where: {
      state: 'claimed',
      claimedAt: { lte: new Date(now - askClaimerMs), gt: new Date(now - claimLapseMs) },
    },
    orderBy: { id: 'asc' },
  });
  return { waning: waning.map(wishFrom), slow: slow.map(wishFrom) };
}

/** Keeps the claimer's picture with a fulfilled wish, and with the deed that it was. False: it has one already. */
export async function addWishPhoto(db: Db, row: WishRow, file: string, now: number): Promise<boolean> {
  const { count } = await db.wish.updateMany({
    where: { id: row.id, photo: null, state: { in: ['fulfilled', 'thanked'] } },
    data: { photo: file },
  });
  if (count === 1 && row.deedId !== undefined) await addPhoto(db, row.deedId, file, now, 1);
  return count === 1;
}

/** Records a fulfilled wish as a deed of the group's cadre (办一件实事); nothing of its words. Returns the deed's number. */
export async function recordWishDeed(
  db: Db,
  row: WishRow,
  cadreId: number,
  { day, now }: { readonly day: Day; readonly now: number },
): Promise<number> {
  const deed = await addDeed(
    db,
    cadreId,
    {
      kind: 'good_deed',
      day,
      at: undefined,
      partner: '一位小伙伴',
      topic: `实现第 ${row.number} 号微心愿`,
      participants: undefined,
      messages: false,
      withBranch: false,
      withClub: false,
    },
    now,
  );
  await db.wish.update({ where: { id: row.id }, data: { deedId: deed.id } });
  return deed.number;
}

/** The wisher's thanks confirm the deed that it was; nothing where there is none, or its cadre has withdrawn it. */
export async function confirmWishDeed(db: Db, row: WishRow, now: number): Promise<boolean> {
  if (row.deedId === undefined) return false;
  const deed = await db.deed.findFirst({
    where: { id: row.deedId, withdrawnAt: null },
    select: { id: true },
  });
  return deed ? confirmDeed(db, deed.id, row.wisher, now, false) : false;
}

/** Takes back the deed of a wish that was not fulfilled after all (滁州 §七.3: no figures without the work). */
export async function withdrawWishDeed(db: Db, row: WishRow, now: number): Promise<boolean> {
  if (row.deedId === undefined) return false;
  await db.wish.update({ where: { id: row.id }, data: { deedId: null } });
  const deed = await db.deed.findFirst({
    where: { id: row.deedId, withdrawnAt: null },
    select: { id: true },
  });
  if (!deed) return false;
  await withdrawDeed(db, deed.id, now);
  return true;
}

/** Lets go of the pictures of what was over before an instant: they have reached the wisher; a deed keeps its own. */
export async function forgetWishPhotos(db: Db, before: number): Promise<void> {
  await db.wish.updateMany({
    where: { photo: { not: null }, closedAt: { lt: new Date(before) } },
    data: { photo: null },
  });
}

/** Deletes what was over before an instant. */
export async function forgetWishes(db: Db, before: number): Promise<void> {
  await db.wish.deleteMany({
    where: { state: { notIn: ['open', 'claimed'] }, closedAt: { lt: new Date(before) } },
  });
}

const stages = Object.keys(wishStageNames) as WishStage[];
const introductions: readonly Introduction[] = ['asked', 'given', 'refused'];

type Stored = NonNullable<Awaited<ReturnType<Db['wish']['findUnique']>>>;

function wishFrom(row: Stored): WishRow {
  const state = stages.find((stage) => stage === row.state);
  if (!state) throw new Error(`wish ${row.id} is in an unknown state`);
  return {
    id: row.id,
    groupId: row.groupId,
    number: row.number,
    wisher: row.wisherId,
    text: row.text,
    named: row.named,
    state,
    expiresAt: row.expiresAt.getTime(),
    claimer: row.claimerId ?? undefined,
    claimedAt: row.claimedAt?.getTime(),
    introduction: introductions.find((known) => known === row.introduction),
    words: row.words ?? undefined,
    photo: row.photo ?? undefined,
    thanks: row.thanks ?? undefined,
    closedAt: row.closedAt?.getTime(),
    deedId: row.deedId ?? undefined,
  };
}
