import { describe, expect, it, test } from 'vitest';
import {
  type Activity,
  type ActivityPlan,
  cancelActivity,
  checkInHours,
  closeActivity,
  decideCheckIn,
  hoursOf,
  isCancelled,
  moveActivity,
  planActivity,
} from './activity.ts';

const minute = 60_000;
const now = Date.parse('2026-05-13T10:00:00+08:00');
const plan: ActivityPlan = {
  title: ' 旧书交换 ',
  place: '图书馆门口',
  startsAt: now + 60 * minute,
  endsAt: now + 180 * minute,
  offline: true,
  kind: 'culture_sport',
  capacity: undefined,
};

function planned(): Activity {
  const made = planActivity(2, plan, now);
  if (made.kind === 'fault') throw new Error(made.say);
  return made.activity;
}

describe('planning', () => {
  it('keeps what was said, and lasts two hours when no end is named', () => {
    expect(planned()).toMatchObject({
      number: 2,
      title: '旧书交换',
      kind: 'culture_sport',
      endsAt: plan.endsAt,
      offline: true,
    });
    const open = planActivity(2, { ...plan, endsAt: undefined }, now);
    expect(open).toMatchObject({ activity: { endsAt: plan.startsAt + 120 * minute } });
  });

  const refused: [string, Partial<ActivityPlan>, string][] = [
    ['no title', { title: ' ' }, '名字'],
    ['a title too long', { title: '长'.repeat(61) }, '60'],
    ['the past', { startsAt: now }, '过去'],
    ['far ahead', { startsAt: now + 400 * 1440 * minute, endsAt: undefined }, '年份'],
    ['ending before it begins', { endsAt: plan.startsAt }, '晚于'],
    ['no place for anybody', { capacity: 0 }, '名额'],
    ['eight days', { endsAt: plan.startsAt + 8 * 1440 * minute }, '七天'],
  ];
  test.each(refused)('%s is refused', (_, change, says) => {
    expect(planActivity(1, { ...plan, ...change }, now)).toEqual({
      kind: 'fault',
      say: expect.stringContaining(says),
    });
  });
});

describe('check-in', () => {
  const { from, until } = checkInHours(planned());
  const table: [string, right: boolean, at: number, already: boolean, says: string | undefined][] = [
    ['half an hour before the start', true, from, false, undefined],
    ['half an hour after the end', true, until, false, undefined],
    ['too early', true, from - 1, false, '还没开始'],
    ['too late', true, until + 1, false, '结束'],
    ['a wrong code', false, from, false, '签到码不对'],
    ['twice', true, from, true, '已经签到'],
  ];
  test.each(table)('%s', (_, right, at, already, says) => {
    expect(decideCheckIn(planned(), right, at, already)).toEqual(
      says === undefined ? { kind: 'ok' } : { kind: 'fault', say: expect.stringContaining(says) },
    );
  });

  it('opens 30 minutes before and ends 30 minutes after, and when the activity is closed', () => {
    expect([planned().startsAt - from, until - planned().endsAt]).toEqual([30 * minute, 30 * minute]);
    const closed = { ...planned(), closedAt: plan.startsAt, note: '办了' };
    expect(decideCheckIn(closed, true, plan.startsAt, false)).toMatchObject({ kind: 'fault' });
  });
});

describe('the end', () => {
  it('needs a note, once, after the start', () => {
    const later = plan.startsAt + minute;
    expect(closeActivity(planned(), ' 来了二十多位 ', later)).toMatchObject({
      activity: { closedAt: later, note: '来了二十多位' },
    });
    expect(closeActivity(planned(), ' ', later)).toMatchObject({
      kind: 'fault',
      say: expect.stringContaining('小结'),
    });
    expect(closeActivity(planned(), '办了', plan.startsAt - 1)).toMatchObject({ kind: 'fault' });
    expect(closeActivity({ ...planned(), closedAt: later, note: '办了' }, '办了', later)).toMatchObject({
      kind: 'fault',
    });
    expect(closeActivity(planned(), '长'.repeat(1001), later)).toMatchObject({ kind: 'fault' });
  });
});

describe('a cancellation', () => {
  it('closes without a note, once, before or after the start, and ends the check-in', () => {
    for (const when of [now, plan.startsAt + minute]) {
      const made = cancelActivity(planned(), when);
      if (made.kind === 'fault') throw new Error(made.say);
      expect(made.activity).toMatchObject({ closedAt: when, note: undefined });
      expect(isCancelled(made.activity)).toBe(true);
      expect(decideCheckIn(made.activity, true, plan.startsAt, false)).toMatchObject({
        say: expect.stringContaining('取消了，不用签到'),
      });
      for (const again of [cancelActivity(made.activity, when), closeActivity(made.activity, '办了', when)])
        expect(again).toMatchObject({ say: expect.stringContaining('已经取消了') });
    }
  });

  it('leaves what was held as it is', () => {
    const held = { ...planned(), closedAt: plan.startsAt, note: '办了' };
    expect(isCancelled(held)).toBe(false);
    expect(isCancelled(planned())).toBe(false);
    expect(cancelActivity(held, now)).toMatchObject({ say: expect.stringContaining('写过小结') });
  });
});

describe('another time', () => {
  const move = (activity: Activity, startsAt: number, endsAt?: number, at = now) =>
    moveActivity(activity, { startsAt, endsAt }, at);

  it('keeps the length where no end is named', () => {
    expect(move(planned(), plan.startsAt + minute)).toMatchObject({
      activity: { startsAt: plan.startsAt + minute, endsAt: (plan.endsAt ?? 0) + minute, number: 2 },
    });
    expect(move(planned(), plan.startsAt, plan.startsAt + minute)).toMatchObject({
      activity: { endsAt: plan.startsAt + minute },
    });
  });

  it('is refused where it is the same, over, or the activity has begun or is closed', () => {
    expect(move(planned(), plan.startsAt)).toMatchObject({ say: expect.stringContaining('一样') });
    expect(move(planned(), now - 1)).toMatchObject({ say: expect.stringContaining('过去') });
    expect(move(planned(), plan.startsAt + minute, undefined, plan.startsAt)).toMatchObject({
      say: expect.stringContaining('已经开始'),
    });
    expect(move({ ...planned(), closedAt: 1, note: undefined }, plan.startsAt + minute)).toMatchObject({
      say: expect.stringContaining('取消'),
    });
  });

  it('lasts hours to the half', () => {
    expect(hoursOf(planned())).toBe(2);
    expect(hoursOf({ startsAt: 0, endsAt: 100 * minute })).toBe(1.5);
  });
});
