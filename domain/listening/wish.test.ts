import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { dayMs } from '../calendar/day.ts';
import { usualLimits } from './limits.ts';
import { claimLapseMs, decideWish, makeWish, type Wish, type WishStep, wishStageNames } from './wish.ts';

const wisher = 1;
const giver = 2;
const other = 3;

function made(text = ' 想借一本高数教材\n'): Wish {
  const decision = makeWish(3, wisher, text, 0);
  if (decision.kind === 'fault') throw new Error(decision.say);
  return decision.wish;
}

function after(wish: Wish, ...steps: WishStep[]): Wish {
  return steps.reduce((current, step) => {
    const decision = decideWish(current, step);
    if (decision.kind === 'fault') throw new Error(decision.say);
    return decision.wish;
  }, wish);
}

const claim = { step: 'claim', at: 10, by: giver } as const;
const rival = { step: 'claim', at: 10, by: other } as const;
const giveBack = { step: 'giveBack', at: 20, by: giver } as const;
const fulfil = { step: 'fulfil', at: 20, by: giver, words: ' 放在服务台 ' } as const;
const introduce = { step: 'introduce', at: 15, yes: true } as const;
const stay = { step: 'introduce', at: 15, yes: false } as const;
const sign = { step: 'sign', at: 5, yes: true } as const;
const thank = { step: 'thank', at: 30, words: '谢谢' } as const;
const reopen = { step: 'reopen', at: 40 } as const;
const renew = { step: 'renew', at: 31 * dayMs } as const;
const withdraw = { step: 'withdraw', at: 50 } as const;
const decline = { step: 'decline', at: 50, words: '请走正规渠道' } as const;
const expire = { step: 'expire', at: usualLimits.wishDays * dayMs } as const;
const lapse = { step: 'lapse', at: 10 + claimLapseMs } as const;

it('is claimed, fulfilled in words and thanked for', () => {
  expect(made()).toMatchObject({ number: 3, text: '想借一本高数教材', state: 'open', named: false });
  expect(after(made(), claim)).toMatchObject({ state: 'claimed', claimer: giver, introduction: 'asked' });
  expect(after(made(), claim, introduce)).toMatchObject({ introduction: 'given' });
  expect(after(made(), claim, stay, introduce)).toMatchObject({ introduction: 'given' });
  expect(after(made(), sign, claim)).toMatchObject({ introduction: 'given' });
  expect(after(made(), claim, fulfil)).toMatchObject({ state: 'fulfilled', words: '放在服务台' });
  expect(after(made(), claim, fulfil, thank)).toMatchObject({ state: 'thanked', thanks: '谢谢' });
});

it('goes back on the wall for its whole time, waits no longer, or is taken back', () => {
  const hangs = { state: 'open', claimer: undefined, introduction: undefined, words: undefined };
  expect(after(made(), claim, introduce, giveBack)).toMatchObject({
    ...hangs,
    expiresAt: 20 + usualLimits.wishDays * dayMs,
  });
  expect(after(made(), claim, lapse)).toMatchObject(hangs);
  expect(after(made(), claim, fulfil, thank, reopen)).toMatchObject({ ...hangs, thanks: undefined });
  expect(after(made(), expire)).toMatchObject({ state: 'expired' });
  expect(after(made(), expire, renew)).toMatchObject({
    ...hangs,
    expiresAt: (31 + usualLimits.wishDays) * dayMs,
  });
  expect(after(made(), claim, decline)).toMatchObject({
    state: 'declined',
    claimer: undefined,
    words: '请走正规渠道',
  });
  expect(after(made(), claim, fulfil, withdraw)).toMatchObject({
    state: 'withdrawn',
    text: '',
    words: undefined,
  });
});

const refusals: [name: string, wish: Wish, step: WishStep, says: string][] = [
  ['one’s own wish', made(), { ...claim, by: wisher }, '就是你自己的'],
  ['a second claimer', after(made(), claim), rival, '刚刚有人先认领了，谢谢这份心意'],
  ['the same claim again', after(made(), claim), claim, '已经认领过了'],
  ['claiming what is over', after(made(), expire), claim, '不用认领了，谢谢这份心意'],
  ['fulfilling another’s claim', after(made(), claim), { ...fulfil, by: other }, '手上没有第 3 号'],
  ['fulfilling without a word', after(made(), claim), { ...fulfil, words: ' \n' }, '请写一句话'],
  ['fulfilling twice', after(made(), claim, fulfil), fulfil, '已经办好了'],
  ['too many words', after(made(), claim), { ...fulfil, words: '长'.repeat(501) }, '501'],
  ['telling nobody', made(), introduce, '还没有人认领'],
  ['untelling', after(made(), claim, introduce), stay, '已经告诉对方'],
  ['thanks too early', after(made(), claim), thank, '还没有实现'],
  ['thanks twice', after(made(), claim, fulfil, thank), thank, '已经谢过'],
  ['reopening what hangs', made(), reopen, '不用重开'],
  ['renewing what is claimed', after(made(), claim), renew, '不用续'],
  ['taking down without a reason', made(), { ...decline, words: '' }, '请写一句原因'],
  ['taking down what is fulfilled', after(made(), claim, fulfil), decline, '不用收起'],
  ['signing what is claimed', after(made(), claim), sign, '不在墙上'],
  ['expiring early', made(), { ...expire, at: expire.at - 1 }, '还不到时候'],
  ['lapsing early', after(made(), claim), { ...lapse, at: lapse.at - 1 }, '还不到时候'],
  ['anything after a withdrawal', after(made(), withdraw), claim, '已经撤回'],
];

test.each(refusals)('%s is refused', (_, wish, step, says) => {
  expect(decideWish(wish, step)).toEqual({ kind: 'fault', say: expect.stringContaining(says) });
});

it('takes 1 to 200 characters, however many units they are', () => {
  for (const text of ['', ' \n', '长'.repeat(201)])
    expect(makeWish(1, wisher, text, 0)).toMatchObject({ kind: 'fault' });
  for (const text of ['书', '😀'.repeat(200)])
    expect(makeWish(1, wisher, text, 0)).toMatchObject({ kind: 'wish' });
});

const all: readonly WishStep[] = [
  claim,
  rival,
  giveBack,
  { ...giveBack, by: other },
  fulfil,
  { ...fulfil, by: other },
  { ...fulfil, words: '' },
  introduce,
  stay,
  sign,
  thank,
  reopen,
  renew,
  withdraw,
  decline,
  expire,
  { ...expire, at: 100 * dayMs },
  lapse,
];

it('no path leaves a wisher without an answer, or two people with one wish; what comes thrice counts once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { maxLength: 30 }), (taken) => {
      let wish = made();
      for (const step of taken) {
        const decision = decideWish(wish, step);
        if (decision.kind === 'fault') {
          expect(decision.say).not.toBe('');
          continue;
        }
        const before = wish;
        wish = decision.wish;
        const again = decideWish(wish, step);
        expect(again.kind === 'fault' ? wish : again.wish).toEqual(wish);
        expect(wish.number).toBe(3);
        expect(wish.wisher).toBe(wisher);
        // Who has claimed keeps it until they give it back, it lapses, or the wisher or the cadre says so.
        if (before.claimer !== undefined && wish.claimer !== before.claimer)
          expect(wish.claimer).toBeUndefined();
        // Nobody learns whose wish it is without the wisher's yes.
        if (wish.introduction === 'given' && before.introduction !== 'given')
          expect(step.step === 'introduce' || (step.step === 'claim' && before.named)).toBe(true);
        if (wish.state === 'withdrawn') {
          expect(step).toBe(withdraw);
          return;
        }
        expect(wish.text).toBe('想借一本高数教材');
        if (wish.state === 'fulfilled' || wish.state === 'thanked' || wish.state === 'declined')
          expect(wish.words?.length).toBeGreaterThan(0);
        expect(wish.claimer !== undefined).toBe(['claimed', 'fulfilled', 'thanked'].includes(wish.state));
      }
      // Whatever has happened, it comes to an answer by itself, or has one, and the wisher can object or leave.
      const far = 10_000 * dayMs;
      if (wish.state === 'claimed') wish = after(wish, { step: 'lapse', at: far });
      if (wish.state === 'open') wish = after(wish, { step: 'expire', at: 2 * far });
      if (wish.state === 'expired') expect(decideWish(wish, renew).kind).toBe('wish');
      else if (wish.state !== 'declined') expect(decideWish(wish, reopen).kind).toBe('wish');
      expect(decideWish(wish, withdraw).kind).toBe('wish');
    }),
  );
});

it('of two who claim at once one gets it, the other a kind word', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([claim, rival], { minLength: 2 }), (pair) => {
      let wish = made();
      const kinds = pair.map((step) => {
        const decision = decideWish(wish, step);
        if (decision.kind === 'wish') wish = decision.wish;
        else expect(decision.say).toContain('谢谢这份心意');
        return decision.kind;
      });
      expect(kinds).toEqual(['wish', 'fault']);
      expect(wish.claimer).toBe(pair[0]?.by);
    }),
  );
});

it('every stage has a word', () => {
  expect(new Set(Object.values(wishStageNames)).size).toBe(7);
});
