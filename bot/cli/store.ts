/** The database of the settings, opened for one command of the terminal. */
import { randomBytes } from 'node:crypto';
import { type Database, openDatabase, type Tx } from '../../prisma/database.ts';
import type { Issuing } from '../../prisma/store/codes.ts';
import { loadSecret } from '../secret.ts';
import { InputError, politely, settings } from './terminal.ts';

/** Does a command's work in one transaction; faults become a sentence and exit code 1. */
export function inDatabase(work: (tx: Tx) => Promise<void>): Promise<void> {
  return politely(async () => {
    const database: Database = await openDatabase(settings().databaseUrl);
    try {
      await database.transaction(work);
    } finally {
      await database.close();
    }
  });
}

/** What it takes to give out one-time codes. */
export async function issuing(): Promise<Issuing> {
  const { dataDir, secret: given } = settings();
  const secret = await loadSecret(dataDir, given);
  return { now: Date.now(), random: (bytes) => randomBytes(bytes), hash: (text) => secret.hash(text) };
}

/** A name as typed, without the spaces around it. Throws {@link InputError} on one that nobody could read. */
export function nameFrom(typed: string, what: string): string {
  const name = typed.trim();
  if (name === '') throw new InputError(`请写明${what}。`);
  if ([...name].length > 60) throw new InputError(`${what}请收到 60 字以内。`);
  if (/[\p{C}\u2028\u2029]/u.test(name)) throw new InputError(`${what}里有看不见的字符，请重新输入一遍。`);
  return name;
}

/** The unit of that name. Throws {@link InputError}. */
export async function unitNamed(
  tx: Tx,
  typed: string,
): Promise<{ readonly id: number; readonly name: string }> {
  const name = nameFrom(typed, '团组织');
  const unit = await tx.unit.findUnique({ where: { name }, select: { id: true, name: true } });
  if (!unit)
    throw new InputError(
      `没有登记过“${name}”：先运行 lianqing unit add ${name}，或用 lianqing unit list 看看名字。`,
    );
  return unit;
}
