import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type Activity,
  type ActivityPlan,
  cancelActivity,
  checkInCode,
  checkInHours,
  closeActivity,
  decideCheckIn,
  isCancelled,
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
};

function planned(): Activity {
  const made = planActivity(2, plan, '0427', now);
  if (made.kind === 'fault') throw new Error(made.say);
  return made.activity;
}

describe('planning', () => {
  it('keeps what was said, and lasts two hours when no end is named', () => {
    expect(planned()).toMatchObject({
      number: 2,
      title: '旧书交换',
      code: '0427',
      endsAt: plan.endsAt,
      offline: true,
    });
    const open = planActivity(2, { ...plan, endsAt: undefined }, '0427', now);
    expect(open).toMatchObject({ activity: { endsAt: plan.startsAt + 120 * minute } });
  });

  const refused: [string, Partial<ActivityPlan>, string][] = [
    ['no title', { title: ' ' }, '名字'],
    ['a title too long', { title: '长'.repeat(61) }, '60'],
    ['the past', { startsAt: now }, '过去'],
    ['far ahead', { startsAt: now + 400 * 1440 * minute, endsAt: undefined }, '年份'],
    ['ending before it begins', { endsAt: plan.startsAt }, '晚于'],
    ['eight days', { endsAt: plan.startsAt + 8 * 1440 * minute }, '七天'],
  ];
  test.each(refused)('%s is refused', (_, change, says) => {
    expect(planActivity(1, { ...plan, ...change }, '0000', now)).toEqual({
      kind: 'fault',
      say: expect.stringContaining(says),
    });
  });
});

describe('check-in', () => {
  const { from, until } = checkInHours(planned());
  const table: [string, code: string, at: number, already: boolean, says: string | undefined][] = [
    ['half an hour before the start', '0427', from, false, undefined],
    ['half an hour after the end', '0427', until, false, undefined],
    ['full-width digits', ' ０４２７ ', from, false, undefined],
    ['too early', '0427', from - 1, false, '还没开始'],
    ['too late', '0427', until + 1, false, '结束'],
    ['a wrong code', '427', from, false, '签到码不对'],
    ['twice', '0427', from, true, '已经签到'],
  ];
  test.each(table)('%s', (_, code, at, already, says) => {
    expect(decideCheckIn(planned(), code, at, already)).toEqual(
      says === undefined ? { kind: 'ok' } : { kind: 'fault', say: expect.stringContaining(says) },
    );
  });

  it('opens 30 minutes before and ends 30 minutes after, and when the activity is closed', () => {
    expect([planned().startsAt - from, until - planned().endsAt]).toEqual([30 * minute, 30 * minute]);
    const closed = { ...planned(), closedAt: plan.startsAt, note: '办了' };
    expect(decideCheckIn(closed, '0427', plan.startsAt, false)).toMatchObject({ kind: 'fault' });
  });

  it('has a code of four digits out of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 16 }), (bytes) =>
        /^\d{4}$/.test(checkInCode(bytes)),
      ),
    );
    expect(checkInCode(new Uint8Array([0, 0, 0, 7]))).toBe('0007');
    expect(checkInCode(new Uint8Array([255, 255, 255, 255]))).toBe(String(0xffffffff % 10_000));
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
      expect(decideCheckIn(made.activity, '0427', plan.startsAt, false)).toMatchObject({
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
