/** The database of the settings, opened for one command of the terminal. */
import { randomBytes } from 'node:crypto';
import { type Day, dayOf, parseDay } from '../../domain/calendar/day.ts';
import { formatDateTime } from '../../domain/calendar/format-datetime.ts';
import { type Database, openDatabase, type Tx } from '../../prisma/database.ts';
import { codeLifeMs, type Issuing } from '../../prisma/store/codes.ts';
import { sandboxClock, systemClock } from '../clock.ts';
import { distance } from '../dialogue/resemblance.ts';
import { loadSecret } from '../secret.ts';
import { InputError, politely, say, settings } from './terminal.ts';

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

/** A clock that is ahead by less was not moved by anybody. */
const movedMs = 60_000;

/** The bot's own time in milliseconds: the sandbox's clock may have been moved. */
function botNow(): number {
  const { dataDir, feishu, wechat } = settings();
  return (feishu || wechat ? systemClock : sandboxClock(dataDir)).now();
}

/** A day as typed. Throws {@link InputError}. */
export function dayFromTyped(typed: string): number {
  const day = parseDay(typed);
  if (day === undefined) throw new InputError(`“${typed}”不是日期，请写成 2026-08-31 这样。`);
  return day;
}

/** The day on which the bot is. */
export function botToday(): Day {
  return dayOf(botNow());
}

/** What it takes to give out one-time codes. Their time is the bot's: the sandbox's clock may have been moved far ahead. */
export async function issuing(): Promise<Issuing> {
  const { dataDir, secret: given } = settings();
  const secret = await loadSecret(dataDir, given);
  const now = botNow();
  return { now, random: (bytes) => randomBytes(bytes), hash: (text) => secret.hash(text) };
}

/** Prints a code, until when it is good and where it is used. */
export function sayCode(code: string, { now }: Issuing, where: string): void {
  const isMoved = now - Date.now() > movedMs;
  const until = formatDateTime(now + codeLifeMs, Date.now());
  say(`绑定码：${code}`);
  say(
    `请只发给本人，${until}（北京时间${isMoved ? '，按沙盒的时钟' : ''}）之前用一次有效：${where} /绑定 ${code}`,
  );
  if (isMoved) say(`沙盒的时钟拨到了 ${formatDateTime(now, Date.now())}，有效期从那时算起。`);
}

/** A name as typed, without the spaces around it. Throws {@link InputError} on one that nobody could read. */
export function nameFrom(typed: string, what: string): string {
  const name = typed.trim();
  if (name === '') throw new InputError(`请写明${what}。`);
  if ([...name].length > 60) throw new InputError(`${what}请收到 60 字以内。`);
  if (/[\p{C}\u2028\u2029]/u.test(name)) throw new InputError(`${what}里有看不见的字符，请重新输入一遍。`);
  return name;
}

/** The unit of that name, or the only one that is written like it but for spaces. Throws {@link InputError}. */
export async function unitNamed(
  tx: Tx,
  typed: string,
): Promise<{ readonly id: number; readonly name: string }> {
  const name = nameFrom(typed, '团组织');
  const { same, alike } = await unitsLike(tx, name);
  if (same) return same;
  const hint = alike === undefined ? '' : `是不是“${alike}”？`;
  throw new InputError(
    `没有登记过“${name}”。${hint}先运行 npx lianqing unit add ${quoted(name)}，或用 npx lianqing unit list 看看名字。`,
  );
}

/** The unit that a name means, and else one whose name is so alike that it may be a slip. */
export async function unitsLike(
  tx: Tx,
  name: string,
): Promise<{
  readonly same: { readonly id: number; readonly name: string } | undefined;
  readonly alike: string | undefined;
}> {
  const units = await tx.unit.findMany({ select: { id: true, name: true } });
  const closed = (text: string) => text.replace(/\s+/gu, '');
  const spaced = units.filter((unit) => closed(unit.name) === closed(name));
  const same = units.find((unit) => unit.name === name) ?? (spaced.length === 1 ? spaced[0] : undefined);
  // 1班 and 2班 are two classes, no slip.
  const unnumbered = (text: string) => closed(text).replace(/[\d一二三四五六七八九十]/gu, '');
  const near = units
    .filter((unit) => unnumbered(unit.name) !== unnumbered(name))
    .map((unit) => ({ name: unit.name, far: distance(closed(unit.name), closed(name)) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor([...name].length / 4)))
    .sort((a, b) => a.far - b.far);
  return { same, alike: near[0]?.name };
}

/** A name as it can be typed: with spaces in it, in quotation marks. */
function quoted(name: string): string {
  return /\s/u.test(name) ? `"${name}"` : name;
}
