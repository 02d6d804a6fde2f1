/** One-time codes, by which cadres, administrators and operators prove who they are, and the bound on guessing them. */
import type { Db } from '../database.ts';

/** Wrong codes that one person may try in an hour. */
const wrongCodesAnHour = 5;
const hourMs = 3_600_000;

/** Digits and letters without those that are taken for others (I, L, O, U). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 8;

/** A new code out of as many random bytes as it has characters, without the dash that people see in it. */
export function newCode(random: (bytes: number) => Uint8Array): string {
  return [...random(codeLength)].map((byte) => letters[byte % letters.length]).join('');
}

/** A code as typed (any case, full-width, with spaces or dashes, `O` for `0`), or undefined when it cannot be one. */
export function codeFrom(typed: string): string | undefined {
  const code = typed
    .slice(0, 100)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—_·]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return code.length === codeLength && [...code].every((char) => letters.includes(char)) ? code : undefined;
}

/** A one-time code is good for seven days. */
export const codeLifeMs = 7 * 86_400_000;

/** Whose code it is. */
type Owner =
  | { readonly cadreId: number }
  | { readonly administratorId: number }
  | { readonly operatorId: number };

export interface Issuing {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly random: (bytes: number) => Uint8Array;
  readonly hash: (text: string) => string;
}

/** A code as people see it, and whether its owner was there before and had `proved` an account to be theirs. */
export interface IssuedCode {
  readonly code: string;
  readonly known: 'no' | 'unproved' | 'proved';
}

/** Gives a new code, as `ABCD-EFGH`, and ends the owner's unused ones. The database has its keyed hash alone. */
export async function issueCode(db: Db, owner: Owner, { now, random, hash }: Issuing): Promise<string> {
  const code = newCode(random);
  await db.bindingCode.deleteMany({ where: { ...owner, usedAt: null } });
  await db.bindingCode.create({
    data: { ...owner, hash: hash(code), expiresAt: new Date(now + codeLifeMs) },
  });
  return shownCode(code);
}

/** A code with the dash that people see in it. */
export function shownCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

export interface OpenCode {
  readonly id: number;
  readonly owner: { readonly kind: 'cadre' | 'administrator' | 'operator'; readonly id: number };
  readonly name: string;
  /** Empty of an operator, who belongs to none. */
  readonly unit: string;
  /** Who has proved to be this cadre, administrator or operator before. */
  readonly personId: number | undefined;
}

/** The code with this hash, if it is unused and not too old. */
export async function openCode(db: Db, hash: string, now: number): Promise<OpenCode | undefined> {
  const withUnit = { include: { unit: { select: { name: true } } } } as const;
  const row = await db.bindingCode.findFirst({
    where: { hash, usedAt: null, expiresAt: { gt: new Date(now) } },
    include: { cadre: withUnit, administrator: withUnit, operator: true },
  });
  const owner = row?.cadre ?? row?.administrator ?? row?.operator;
  if (!row || !owner) return undefined;
  return {
    id: row.id,
    owner: { kind: row.cadre ? 'cadre' : row.administrator ? 'administrator' : 'operator', id: owner.id },
    name: owner.name,
    unit: row.cadre?.unit.name ?? row.administrator?.unit.name ?? '',
    personId: owner.personId ?? undefined,
  };
}

/** Uses a code up and notes who its owner is. False: somebody else has just used it. */
export async function prove(db: Db, code: OpenCode, personId: number, now: number): Promise<boolean> {
  const { count } = await db.bindingCode.updateMany({
    where: { id: code.id, usedAt: null },
    data: { usedAt: new Date(now) },
  });
  if (count === 0) return false;
  const { kind, id } = code.owner;
  if (kind === 'cadre') await db.cadre.update({ where: { id }, data: { personId } });
  else if (kind === 'administrator') await db.administrator.update({ where: { id }, data: { personId } });
  else await db.operator.update({ where: { id }, data: { personId } });
  return true;
}

/**
 * Counts an attempt at a code before it is looked up. False: this person has tried {@link wrongCodesAnHour} wrong ones
 * within the hour. A right code clears the count ({@link forgetAttempts}).
 */
export async function mayTry(db: Db, personId: number, now: number): Promise<boolean> {
  const since = new Date(now);
  await db.codeAttempt.deleteMany({ where: { personId, since: { lte: new Date(now - hourMs) } } });
  const { count } = await db.codeAttempt.upsert({
    where: { personId },
    create: { personId, count: 1, since },
    update: { count: { increment: 1 } },
  });
  return count <= wrongCodesAnHour;
}

/** Whether a person has tried too many wrong codes within the hour, without counting another. */
export async function triedTooOften(db: Db, personId: number, now: number): Promise<boolean> {
  const tried = await db.codeAttempt.findUnique({ where: { personId } });
  return tried !== null && tried.count >= wrongCodesAnHour && tried.since.getTime() > now - hourMs;
}

/** A right code: the wrong ones before it are forgotten. */
export async function forgetAttempts(db: Db, personId: number): Promise<void> {
  await db.codeAttempt.deleteMany({ where: { personId } });
}

/** When a cadre last proved who they are, in milliseconds. */
export async function provedAt(db: Db, cadreId: number): Promise<number | undefined> {
  const last = await db.bindingCode.findFirst({
    where: { cadreId, usedAt: { not: null } },
    orderBy: { usedAt: 'desc' },
    select: { usedAt: true },
  });
  return last?.usedAt?.getTime();
}
