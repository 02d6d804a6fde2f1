import { describe, expect, it } from 'vitest';
import { at, date } from '../../tests/support/reminders.ts';
import { noHolidays } from '../calendar/workdays.ts';
import type { Mute } from './due.ts';
import { followUpDue } from './follow-up.ts';

const day = date(5, 12);
const topic = { number: 3, title: '食堂点将', followUp: '尝过了吗？', openedAt: at(day, 9) };
const due = (
  now: number,
  { mutes = [] as readonly Mute[], sent = new Set<string>(), topics = [topic] } = {},
) =>
  followUpDue(topics, now, { cadreId: 7, groupId: 3, groupName: '一班', mutes, sent, calendar: noHolidays });

describe('the question for the second day', () => {
  it('is prepared on the evening after the opening, once, in the digest’s time alone', () => {
    const found = due(at(day + 1));
    expect(found).toMatchObject({
      key: 'reminder/follow-up/7/3/3/second-day',
      line: '话题3“食堂点将”是昨天开的，可以在群里接着问一句：尝过了吗？',
    });
    expect([at(day), at(day + 2), at(day + 1, 19.9), at(day + 1, 22)].map((now) => due(now))).toEqual(
      Array(4).fill(undefined),
    );
    expect(due(at(day + 1), { sent: new Set([found?.key ?? '']) })).toBeUndefined();
  });

  it('is of the latest topic alone, and can be muted', () => {
    const topics = [{ ...topic, number: 4 }, topic];
    expect(due(at(day + 1), { topics })?.period).toBe('4');
    for (const requirement of ['follow-up', '*'])
      expect(due(at(day + 1), { mutes: [{ requirement, until: undefined }] })).toBeUndefined();
    expect(due(at(day + 1), { mutes: [{ requirement: 'topic', until: undefined }] })).toBeDefined();
  });
});
