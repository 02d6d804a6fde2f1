/** One short message out of all that a cadre is to be reminded of in an evening. */
import { civilOf, type Day, formatDay } from '../calendar/day.ts';
import type { WorkCalendar } from '../calendar/workdays.ts';
import type { Reminder } from './due.ts';
import type { Action } from './words.ts';

/** A digest, ready to be shown as a card. `keys` are those of the reminders in it; `expiresAt` in milliseconds since the epoch. */
export interface Digest {
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly Action[];
  readonly keys: readonly string[];
  readonly expiresAt: number;
}

const settings: Action = { label: '提醒设置', command: '/提醒' };

/** More than this in an evening is no help: the rest comes on the evenings after. */
const mostLines = 6;

/**
 * The digest of one cadre's reminders, of one group or several, the most pressing first; undefined when there are
 * none. It says how to be reminded less. `unknownYear`: a year whose holidays nobody has told us of, which is said.
 * `starters`: lines that the cadre can say as their own.
 */
export function composeDigest(
  reminders: readonly Reminder[],
  {
    unknownYear,
    starters = [],
  }: { readonly unknownYear?: number | undefined; readonly starters?: readonly string[] } = {},
): Digest | undefined {
  if (reminders.length === 0) return undefined;
  const all = inLines([...reminders].sort((a, b) => a.urgency - b.urgency || (a.key < b.key ? -1 : 1)));
  const shown = all.slice(0, mostLines);
  const ordered = shown.flat();
  const several = new Set(ordered.flatMap(({ groupId }) => (groupId === 0 ? [] : [groupId]))).size > 1;
  const lines = shown.map((together, index) => {
    const [{ groupId, groupName }] = together;
    const front = shown.length > 1 ? `${index + 1}. ` : '';
    return `${front}${several && groupId !== 0 ? `【${groupName || '未命名的群'}】` : ''}${lineOf(together)}`;
  });
  const rest = reminders.length - ordered.length;
  if (rest > 0) lines.push(`另有 ${rest} 件不急，改天再说。`);
  if (unknownYear !== undefined)
    lines.push(`（${unknownYear} 年的放假安排还没有告诉我，节假日也可能提醒到您；请管理员补上。）`);
  const others = ordered.some(({ forOthers }) => forOthers)
    ? '\n\n单位的事，办过了请本级一位团干部发 /记 记上。'
    : '';
  const buttons = new Map<string, Action>();
  for (const { action } of ordered) if (!buttons.has(action.command)) buttons.set(action.command, action);
  buttons.set(settings.command, settings);
  return {
    title: ordered.length > 1 ? `今晚的小提醒（${ordered.length} 件）` : '今晚的小提醒',
    text: `${lines.join('\n')}${offer(starters)}${others}\n\n不想收到这些？发“/提醒”可以调整。`,
    buttons: [...buttons.values()],
    keys: ordered.map(({ key }) => key),
    expiresAt: Math.min(...ordered.map(({ expiresAt }) => expiresAt)),
  };
}

/** Somebody has been told enough of an unknown year for so many days. */
const noticeDays = 7;

/**
 * The year whose holidays nobody has told us of, when somebody (`whom`: a cadre or an administrator, by number) is to
 * be told so on a day: at most once in seven days, by the keys that they were `sent`. `key` says that it was told.
 */
export function unknownYearNotice(
  calendar: WorkCalendar,
  today: Day,
  whom: string,
  sent: ReadonlySet<string>,
): { readonly year: number; readonly key: string } | undefined {
  const { year } = civilOf(today);
  if (calendar.years.has(year)) return undefined;
  const keyOn = (day: Day) => `notice/holidays/${whom}/${formatDay(day)}`;
  const recent = Array.from({ length: noticeDays }, (_, ago) => keyOn(today - ago));
  return recent.some((key) => sent.has(key)) ? undefined : { year, key: keyOn(today) };
}

function offer(starters: readonly string[]): string {
  if (starters.length === 0) return '';
  return `\n\n现成的话头，挑一句改成您自己的说：\n${starters.map((line) => `· ${line}`).join('\n')}`;
}

type Together = readonly [Reminder, ...Reminder[]];

/** Of what can be said at once, one line: in the place of the most pressing of them. */
function inLines(ordered: readonly Reminder[]): readonly Together[] {
  const lines = new Map<string, [Reminder, ...Reminder[]]>();
  for (const reminder of ordered) {
    const { subject, line, groupId, key } = reminder;
    const same = subject === undefined ? key : `${groupId} ${line.slice(subject.length)}`;
    const known = lines.get(same);
    if (known) known.push(reminder);
    else lines.set(same, [reminder]);
  }
  return [...lines.values()];
}

function lineOf(together: Together): string {
  const [{ line, subject = '' }] = together;
  return together.length === 1
    ? line
    : `${together.map((one) => one.subject).join('、')}${line.slice(subject.length)}`;
}
