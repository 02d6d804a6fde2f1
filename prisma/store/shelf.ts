/** The shelves of the units, whose pieces their cadres can pass on, and what was passed on into which group. */
import { pathUp, unitsWithin } from '../../domain/units/unit.ts';
import type { Db } from '../database.ts';
import { allUnits } from './units.ts';

/** A piece of the shelf; either a link or a file. */
export interface Piece {
  readonly id: number;
  readonly unitId: number;
  /** Name of the unit whose shelf it is on. */
  readonly unit: string;
  readonly title: string;
  /** What it is, in one line. */
  readonly line: string;
  readonly url: string | undefined;
  readonly fileName: string | undefined;
}

/** The pieces that a unit's shelf holds at most. */
export const shelfHolds = 100;

/** What is put on a unit's shelf; `file` is base64. */
interface NewPiece
  extends Pick<Piece, 'unitId' | 'title' | 'line'>,
    Partial<Pick<Piece, 'url' | 'fileName'>> {
  readonly file?: string | undefined;
}

/** Puts a piece on its unit's shelf and returns its number; undefined when the shelf is full. */
export async function addPiece(db: Db, piece: NewPiece, now: number): Promise<number | undefined> {
  const { unitId, title, line, url, fileName, file } = piece;
  if ((await db.shelfPiece.count({ where: { unitId, removedAt: null } })) >= shelfHolds) return undefined;
  const blob = { url: url ?? null, fileName: fileName ?? null, file: file ?? null };
  const data = { unitId, title, line, ...blob, createdAt: new Date(now) };
  const { id } = await db.shelfPiece.create({ data, select: { id: true } });
  return id;
}

/**
 * Takes a piece off its shelf, its file with it: the shelf of the unit `within` or of one below it, or (at the terminal)
 * any. False: it is on none of these.
 */
export async function removePiece(
  db: Db,
  id: number,
  within: number | 'anywhere',
  now: number,
): Promise<boolean> {
  const units = await allUnits(db);
  const shelves = within === 'anywhere' ? units.map((unit) => unit.id) : [...unitsWithin(units, within)];
  const { count } = await db.shelfPiece.updateMany({
    where: { id, removedAt: null, unitId: { in: shelves } },
    data: { removedAt: new Date(now), file: null },
  });
  return count === 1;
}

const shown = {
  id: true,
  unitId: true,
  title: true,
  line: true,
  url: true,
  fileName: true,
  unit: { select: { name: true } },
} as const;

/** The pieces that a cadre sees: on the shelf of their unit and on those above it. The newest first. */
export async function piecesFor(db: Db, cadreId: number, limit: number): Promise<readonly Piece[]> {
  return piecesOf(db, await shelvesOf(db, cadreId), limit);
}

/** The pieces on the shelves of a unit and of those below it, or on all; the newest first. */
export async function piecesWithin(
  db: Db,
  within: number | 'anywhere',
  limit: number,
): Promise<readonly Piece[]> {
  const units = await allUnits(db);
  return piecesOf(
    db,
    within === 'anywhere' ? units.map(({ id }) => id) : [...unitsWithin(units, within)],
    limit,
  );
}

/** The piece of that number, if the cadre sees it. */
export async function pieceFor(db: Db, cadreId: number, id: number): Promise<Piece | undefined> {
  const row = await db.shelfPiece.findFirst({
    where: { id, removedAt: null, unitId: { in: await shelvesOf(db, cadreId) } },
    select: shown,
  });
  return row ? pieceFrom(row) : undefined;
}

/** The file of a piece as base64. */
export async function fileOf(db: Db, id: number): Promise<string | undefined> {
  const row = await db.shelfPiece.findUnique({ where: { id }, select: { file: true } });
  return row?.file ?? undefined;
}

async function shelvesOf(db: Db, cadreId: number): Promise<number[]> {
  const { unitId } = await db.cadre.findUniqueOrThrow({ where: { id: cadreId }, select: { unitId: true } });
  return pathUp(await allUnits(db), unitId).map(({ id }) => id);
}

async function piecesOf(db: Db, unitIds: readonly number[], limit: number): Promise<readonly Piece[]> {
  const rows = await db.shelfPiece.findMany({
    where: { removedAt: null, unitId: { in: [...unitIds] } },
    orderBy: { id: 'desc' },
    take: limit,
    select: shown,
  });
  return rows.map(pieceFrom);
}

/** Notes what was passed on into a group. */
export async function notePush(
  db: Db,
  {
    groupId,
    title,
    url,
    pieceId,
  }: Pick<Piece, 'title' | 'url'> & { groupId: number; pieceId?: number | undefined },
  now: number,
): Promise<number> {
  const data = { groupId, title, url: url ?? null, pieceId: pieceId ?? null, at: new Date(now) };
  const { id } = await db.push.create({ data, select: { id: true } });
  return id;
}

/** What was passed on into a group since an instant, the newest first. */
export async function pushesSince(
  db: Db,
  groupId: number,
  since: number,
): Promise<readonly { readonly title: string; readonly pieceId: number | undefined }[]> {
  const rows = await db.push.findMany({
    where: { groupId, at: { gte: new Date(since) } },
    orderBy: { id: 'desc' },
    select: { title: true, pieceId: true },
  });
  return rows.map(({ title, pieceId }) => ({ title, pieceId: pieceId ?? undefined }));
}

function pieceFrom(row: {
  readonly id: number;
  readonly unitId: number;
  readonly unit: { readonly name: string };
  readonly title: string;
  readonly line: string;
  readonly url: string | null;
  readonly fileName: string | null;
}): Piece {
  return { ...row, unit: row.unit.name, url: row.url ?? undefined, fileName: row.fileName ?? undefined };
}
