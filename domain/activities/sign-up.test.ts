import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideLeave, decideSignUp, movingUp, type Signable, type SignUp } from './sign-up.ts';

const activity: Signable = {
  title: '夜跑',
  number: 2,
  startsAt: 1_000,
  closedAt: undefined,
  note: undefined,
  capacity: 2,
};
const one = (personId: number, state: SignUp['state'], at = personId): SignUp => ({ personId, state, at });

describe('signing up', () => {
  it('gives a place while there is one, then one in the line', () => {
    expect(decideSignUp(activity, [one(1, 'in')], 9, 0)).toEqual({ kind: 'ok', state: 'in' });
    expect(decideSignUp(activity, [one(1, 'in'), one(2, 'in')], 9, 0)).toEqual({
      kind: 'ok',
      state: 'waiting',
    });
    expect(decideSignUp({ ...activity, capacity: undefined }, [one(1, 'in'), one(2, 'in')], 9, 0)).toEqual({
      kind: 'ok',
      state: 'in',
    });
    expect(decideSignUp(activity, [one(1, 'in'), one(9, 'leave')], 9, 0)).toMatchObject({ state: 'in' });
  });

  it.each([
    [activity, [one(9, 'in')], 0, '已经报名了'],
    [activity, [one(9, 'waiting')], 0, '已经在候补里'],
    [activity, [], 1_000, '已经开始了'],
    [{ ...activity, closedAt: 5 }, [], 0, '取消了'],
    [{ ...activity, closedAt: 5, note: '好' }, [], 0, '已经结束了'],
  ])('%j %j at %i is answered kindly', (which, all, now, say) => {
    expect(decideSignUp(which, all, 9, now)).toMatchObject({ say: expect.stringContaining(say) });
  });

  it('is taken back by who has it', () => {
    expect(decideLeave(activity, [one(9, 'in')], 9, 0)).toEqual({ kind: 'ok', state: 'leave' });
    expect(decideLeave(activity, [one(9, 'waiting')], 9, 0)).toEqual({ kind: 'ok', state: 'leave' });
    expect(decideLeave(activity, [one(8, 'in')], 9, 0)).toMatchObject({
      say: expect.stringContaining('没有报名'),
    });
    expect(decideLeave(activity, [one(9, 'in')], 9, 1_000)).toMatchObject({ kind: 'fault' });
  });
});

it('who moves up came first, and there are never more than there are places', () => {
  const line = fc.uniqueArray(
    fc.record({
      personId: fc.integer({ min: 1, max: 50 }),
      state: fc.constantFrom('in', 'waiting', 'leave'),
      at: fc.integer({ min: 0, max: 9 }),
    }),
    { selector: ({ personId }) => personId },
  );
  fc.assert(
    fc.property(line, fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }), (all, capacity) => {
      const up = movingUp({ capacity }, all);
      const inside = all.filter(({ state }) => state === 'in').length;
      const waiting = all.filter(({ state }) => state === 'waiting');
      expect(up.length).toBe(Math.max(0, Math.min(waiting.length, (capacity ?? 99) - inside)));
      const left = waiting.filter(({ personId }) => !up.includes(personId));
      for (const before of waiting.filter(({ personId }) => up.includes(personId)))
        for (const after of left) expect(before.at).toBeLessThanOrEqual(after.at);
    }),
  );
});
