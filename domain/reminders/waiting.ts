/** What waits for a group's cadre: demands, questions, wishes, last month's “你说我办”. Lines of the digest, none a message of its own. */
import { type Day, dayOf } from '../calendar/day.ts';
import { monthOf, weekOf } from '../calendar/period.ts';
import { isQuiet, isWorkday, seemsWorked, type WorkCalendar } from '../calendar/workdays.ts';
import { type About, isMuted, type Reminder } from './due.ts';
import { isDigestTime, quietAt } from './stages.ts';
import type { Action } from './words.ts';

/** How reminders and mutes call them, and what people read. They are no requirements of a document. */
export const waitingNames = {
  demands: '等您答复的诉求',
  inquiries: '等您答的问题',
  wishes: '快到期的心愿',
  'month-card': '上个月的“你说我办”',
} as const;
type WaitingId = keyof typeof waitingNames;

/** By the numbers that people know them by. */
export interface Waiting {
  /** Demands that have waited too long. */
  readonly demands: readonly number[];
  readonly inquiries: readonly number[];
  /** Wishes that leave the wall within the week, taken up by nobody. */
  readonly wishes: readonly number[];
  /** How many demands last month brought and saw answered, while the group has not been told of it. */
  readonly month?: { readonly asked: number; readonly answered: number } | undefined;
}

/** After the month's first working day it is proposed for so long. */
const proposedDays = 7;
const shownAtMost = 10;

/** Whether last month's card is proposed on a day, so that nobody looks for it on the others. */
export function isMonthCardTime(calendar: WorkCalendar, today: Day): boolean {
  const { from } = monthOf(today);
  let first = from;
  while (!seemsWorked(calendar, first) && first < from + 27) first++;
  return first <= today && today <= first + proposedDays;
}

/** The reminders of what waits in a group at `now` (milliseconds since the epoch): once a week each, the card once. */
export function waitingReminders(
  waiting: Waiting,
  now: number,
  about: Omit<About, 'person'>,
): readonly Reminder[] {
  const today = dayOf(now);
  if (!isDigestTime(now, about.digestFrom) || isQuiet(about.calendar, today)) return [];
  const week = weekOf(today).key;
  const last = monthOf(monthOf(today).from - 1);
  const group = `群#${about.groupId}`;
  const found = [
    one(waiting.demands, 'demands', week, 0, (many, numbers) => ({
      line: `有 ${many} 件诉求在等您（第 ${numbers} 号）。先回一句也好；确实办不了的，说明原因就行。`,
      action: { label: '看诉求', command: `/问题清单 列表 ${group}` },
    })),
    one(waiting.inquiries, 'inquiries', week, 0, (many, numbers) => ({
      line: `有 ${many} 个问题在等您答（第 ${numbers} 个）。答不上来，先回一句“我去问问”也好。`,
      action: { label: '看问题', command: `/答疑 列表 ${group}` },
    })),
    one(waiting.wishes, 'wishes', week, 6, (many, numbers) => ({
      line: `有 ${many} 个心愿一周内就要到期了（${numbers} 号），还没有人认领。力所能及的可以认领，也可以把心愿墙发到群里。`,
      action: { label: '看心愿墙', command: `/心愿 墙 ${group}` },
    })),
    ...(waiting.month && isMonthCardTime(about.calendar, today) && isWorkday(about.calendar, today) !== false
      ? [
          {
            id: 'month-card' as const,
            period: last.key,
            urgency: proposedDays,
            line: `${Number(last.key.slice(5))} 月的“你说我办”可以发了（提了 ${waiting.month.asked} 件，答复 ${waiting.month.answered} 件）。先看一遍，您不发就不会到群里。`,
            action: { label: '看你说我办', command: `/问题清单 你说我办 ${group}` },
          },
        ]
      : []),
  ];
  const { cadreId, groupId, groupName } = about;
  return found.flatMap((due): Reminder[] => {
    if (due === undefined || isMuted(about.mutes, due.id, now)) return [];
    const stage = 'waiting';
    const key = `reminder/${due.id}/${cadreId}/${groupId}/${due.period}/${stage}`;
    if (about.sent.has(key)) return [];
    const { id: requirement, period, line, action, urgency } = due;
    const gentle = urgency > 0 ? { gentle: true as const } : {};
    const common = { key, cadreId, groupId, groupName, requirement, period, stage, line, action, urgency };
    return [{ ...common, ...gentle, expiresAt: quietAt(today) }];
  });
}

interface Found {
  readonly id: WaitingId;
  readonly period: string;
  readonly urgency: number;
  readonly line: string;
  readonly action: Action;
}

function one(
  numbers: readonly number[],
  id: WaitingId,
  period: string,
  urgency: number,
  said: (many: number, numbers: string) => Pick<Found, 'line' | 'action'>,
): Found | undefined {
  if (numbers.length === 0) return undefined;
  const shown = `${numbers.slice(0, shownAtMost).join('、')}${numbers.length > shownAtMost ? '…' : ''}`;
  return { id, period, urgency, ...said(numbers.length, shown) };
}
