/** The shelf of pieces that cadres can pass on, and what was passed on into which group. */
import type { Db } from '../database.ts';

/** A piece of the shelf; either a link or a file. */
export interface Piece {
  readonly id: number;
  readonly title: string;
  /** What it is, in one line. */
  readonly line: string;
  readonly url: string | undefined;
  readonly fileName: string | undefined;
}

/** What is put on the shelf; `file` is base64. */
interface NewPiece extends Pick<Piece, 'title' | 'line'>, Partial<Pick<Piece, 'url' | 'fileName'>> {
  readonly file?: string | undefined;
}

/** Puts a piece on the shelf and returns its number. */
export async function addPiece(db: Db, piece: NewPiece, now: number): Promise<number> {
  const { title, line, url, fileName, file } = piece;
  const blob = { url: url ?? null, fileName: fileName ?? null, file: file ?? null };
  const data = { title, line, ...blob, createdAt: new Date(now) };
  const { id } = await db.shelfPiece.create({ data, select: { id: true } });
  return id;
}

/** Takes a piece off the shelf, its file with it. False: it is not there. */
export async function removePiece(db: Db, id: number, now: number): Promise<boolean> {
  const { count } = await db.shelfPiece.updateMany({
    where: { id, removedAt: null },
    data: { removedAt: new Date(now), file: null },
  });
  return count === 1;
}

const shown = { id: true, title: true, line: true, url: true, fileName: true } as const;

/** The pieces on the shelf, the newest first. */
export async function pieces(db: Db, limit: number): Promise<readonly Piece[]> {
  const rows = await db.shelfPiece.findMany({
    where: { removedAt: null },
    orderBy: { id: 'desc' },
    take: limit,
    select: shown,
  });
  return rows.map(pieceFrom);
}

/** The piece of that number, if it is on the shelf. */
export async function pieceNumbered(db: Db, id: number): Promise<Piece | undefined> {
  const row = await db.shelfPiece.findFirst({ where: { id, removedAt: null }, select: shown });
  return row ? pieceFrom(row) : undefined;
}

/** The file of a piece as base64. */
export async function fileOf(db: Db, id: number): Promise<string | undefined> {
  const row = await db.shelfPiece.findUnique({ where: { id }, select: { file: true } });
  return row?.file ?? undefined;
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
  readonly title: string;
  readonly line: string;
  readonly url: string | null;
  readonly fileName: string | null;
}): Piece {
  return { ...row, url: row.url ?? undefined, fileName: row.fileName ?? undefined };
}
