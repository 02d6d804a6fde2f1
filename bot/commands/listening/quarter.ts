/** The quarter's problem list put together out of the store, for the cadre's report, what goes up, and the research subject. */
import { z } from 'zod';
import { dayOf, startOfDay } from '../../../domain/calendar/day.ts';
import type { Period } from '../../../domain/calendar/period.ts';
import { readQuarter } from '../../../domain/calendar/quarter-words.ts';
import { type Entry, sorted, withoutNames } from '../../../domain/listening/entry.ts';
import {
  type Attendance,
  analyse,
  entriesOf,
  type QuarterAnalysis,
} from '../../../domain/listening/quarter.ts';
import { heardIn, joinIntervals } from '../../../domain/presence/interval.ts';
import type { Db } from '../../../prisma/database.ts';
import { bindingsOf } from '../../../prisma/store/bindings.ts';
import { namesOf } from '../../../prisma/store/demands.ts';
import { type EntryRow, entryRows } from '../../../prisma/store/entries.ts';
import { youthsOf } from '../../../prisma/store/identity.ts';
import { listeningOf } from '../../../prisma/store/listening.ts';
import { CommandFault } from '../../dialogue/fault.ts';

/** What was merged into an entry of the quarter may be this much older, in days. */
const lookedBack = 366;

/** A quarter, and words behind it. */
export const quarterAndWord = z
  .string()
  .max(60, '请写季度，例如：2026-Q3、上季度；不写就是本季度')
  .transform((typed) => {
    const words = typed.normalize('NFKC').trim().split(/\s+/u).filter(Boolean);
    const last = words.at(-1);
    const word = last !== undefined && /^(?:实名|具名|带名字|核对\w+)$/u.test(last) ? last : undefined;
    return { quarter: words.slice(0, word === undefined ? undefined : -1).join(''), word };
  });

/** The quarter that was typed. Throws {@link CommandFault} where none was, or one that has not begun. */
export function quarterTyped(typed: string, now: number): Period {
  const today = dayOf(now);
  const quarter = readQuarter(typed, today);
  if (!quarter)
    throw new CommandFault(
      'no quarter',
      '没看懂是哪个季度：请写 2026-Q3、第三季度或上季度，不写就是本季度。',
    );
  if (quarter.from > today)
    throw new CommandFault('a quarter to come', '这个季度还没到呢。不写季度，就是本季度。');
  return quarter;
}

export interface QuarterList {
  readonly analysis: QuarterAnalysis;
  /** Of the quarter, names taken out. */
  readonly entries: readonly Entry[];
  /** The same with their askers and words. */
  readonly rows: readonly EntryRow[];
}

/** The list of a group's quarter as of now, names taken out of every word that may be passed on. */
export async function quarterList(
  db: Db,
  groupId: number,
  quarter: Period,
  now: number,
): Promise<QuarterList> {
  const all = await entryRows(db, groupId, startOfDay(quarter.from - lookedBack));
  const names = await memberNames(db, groupId);
  const clean = (text: string) => withoutNames(text, names);
  const analysis = analyse(all, quarter, dayOf(now), await attendanceOf(db, groupId, quarter, now));
  const rows = entriesOf(all, quarter);
  return {
    analysis: {
      ...analysis,
      unsolved: analysis.unsolved.map((one) => ({ ...one, reason: clean(one.reason) })),
      common: analysis.common.map((one) => ({ ...one, text: one.text && clean(one.text) })),
    },
    entries: rows.map((row) => passedOn(row, clean)),
    rows,
  };
}

/** An entry as it may be passed on. What it is about is told by its own words, before names are taken out of them. */
function passedOn({ id: _, askerId: __, ...entry }: EntryRow, clean: (text: string) => string): Entry {
  const { kind, field, guessed } = sorted(entry);
  return {
    ...entry,
    kind,
    field: guessed ? `${field}（估计）` : field,
    text: clean(entry.text),
    reply: entry.reply === undefined ? undefined : clean(entry.reply),
  };
}

/** What the people of a group are called, its cadre among them. */
export async function memberNames(db: Db, groupId: number): Promise<readonly string[]> {
  return [...(await namesOf(db, await youthsOf(db, groupId, undefined))).values()];
}

async function attendanceOf(db: Db, groupId: number, quarter: Period, now: number): Promise<Attendance> {
  const { accountId } = await db.group.findUniqueOrThrow({
    where: { id: groupId },
    select: { accountId: true },
  });
  const to = Math.min(quarter.to, dayOf(now));
  const span = { from: startOfDay(quarter.from), until: startOfDay(to + 1) };
  const bound = (await bindingsOf(db, groupId))[0]?.at ?? Number.POSITIVE_INFINITY;
  const heard = joinIntervals(await listeningOf(db, accountId, groupId, span, bound));
  let days = 0;
  for (let day = quarter.from; day <= to; day++) if (heardIn(heard, day) !== 0) days++;
  return { days, of: to - quarter.from + 1 };
}
