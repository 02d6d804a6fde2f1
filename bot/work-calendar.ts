/** The public holidays and 调休 of the package chinese-days, and the file with which an administrator adds to them. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { civilOf, type Day, parseDay } from '../domain/calendar/day.ts';
import { holidayFileSchema, type WorkCalendar, withHolidayFile } from '../domain/calendar/workdays.ts';

const require = createRequire(import.meta.url);

/** A year of which the package has fewer days off than this is not published yet: only its New Year is named. */
const fewestOfAYear = 20;

const dates = z.record(z.string(), z.string());
const packageData = z.object({ holidays: dates, workdays: dates });

/** What the package knows. Throws when it is of another shape: its version is pinned. */
export function publicCalendar(): WorkCalendar {
  const data = packageData.parse(require('chinese-days/dist/chinese-days.json'));
  const days = (of: Readonly<Record<string, string>>) =>
    Object.keys(of)
      .map(parseDay)
      .filter((day): day is Day => day !== undefined);
  const holidays = days(data.holidays);
  const perYear = new Map<number, number>();
  for (const day of holidays) perYear.set(civilOf(day).year, (perYear.get(civilOf(day).year) ?? 0) + 1);
  return {
    years: new Set([...perYear].flatMap(([year, n]) => (n >= fewestOfAYear ? [year] : []))),
    holidays: new Set(holidays),
    workdays: new Set(days(data.workdays)),
    vacations: [],
  };
}

/** The holidays' file cannot be understood; `forPerson` says what to mend. */
class HolidayFileError extends Error {
  readonly forPerson: string;
  constructor(forPerson: string) {
    super('holidays.json cannot be understood');
    this.name = 'HolidayFileError';
    this.forPerson = forPerson;
  }
}

/**
 * The calendar with `holidays.json` of the data folder, where there is one. Throws {@link HolidayFileError} when
 * the file cannot be understood: the start fails and says what to mend.
 */
export async function loadCalendar(dataDir: string): Promise<WorkCalendar> {
  const path = join(dataDir, 'holidays.json');
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined;
    throw fault;
  });
  if (text === undefined) return publicCalendar();
  const parsed = holidayFileSchema.safeParse(parseJson(text, path));
  if (parsed.success) return withHolidayFile(publicCalendar(), parsed.data);
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`);
  throw new HolidayFileError(`放假安排的文件 ${path} 没看懂：\n${faults.join('\n')}`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HolidayFileError(`放假安排的文件 ${path} 不是 JSON。写法见 docs/operations.md。`);
  }
}
