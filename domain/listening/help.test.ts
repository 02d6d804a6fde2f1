import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayMs } from '../calendar/day.ts';
import {
  decideHelp,
  faultOfAsking,
  type Help,
  type HelpStep,
  helpDays,
  makeHelp,
  soundsLikeMoney,
} from './help.ts';

const owner = 1;

function made(): Help {
  const decision = makeHelp(3, owner, { direction: 'offered', text: ' 周末教打羽毛球 ' }, 0);
  if (decision.kind === 'fault') throw new Error(decision.say);
  return decision.help;
}

const finish = { step: 'finish', at: 10 } as const;
const renew = { step: 'renew', at: 40 * dayMs } as const;
const withdraw = { step: 'withdraw', at: 10 } as const;
const decline = { step: 'decline', at: 10 } as const;
const expire = { step: 'expire', at: helpDays * dayMs } as const;

it('takes 1 to 200 characters', () => {
  expect(made()).toMatchObject({ text: '周末教打羽毛球', state: 'open', expiresAt: helpDays * dayMs });
  for (const text of [' ', '长'.repeat(201)])
    expect(makeHelp(1, owner, { direction: 'wanted', text }, 0)).toMatchObject({ kind: 'fault' });
});

it('who may ask to be in touch, and what is said to who may not', () => {
  const help = made();
  expect(faultOfAsking(help, 2, undefined)).toBeUndefined();
  expect(faultOfAsking(help, 2, 'lapsed')).toBeUndefined();
  expect(faultOfAsking(help, owner, undefined)).toContain('你自己发的');
  expect(faultOfAsking(help, 2, 'asked')).toContain('正在等对方回话');
  expect(faultOfAsking(help, 2, 'given')).toContain('已经同意了');
  expect(faultOfAsking(help, 2, 'refused')).toContain('这次不方便');
  expect(faultOfAsking({ ...help, state: 'done' }, 2, undefined)).toContain('不在列表里');
});

it('ends by itself, comes back by its owner’s word, and what comes thrice counts once', () => {
  const all: readonly HelpStep[] = [
    finish,
    renew,
    withdraw,
    decline,
    expire,
    { ...expire, at: expire.at - 1 },
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { maxLength: 20 }), (taken) => {
      let help = made();
      for (const step of taken) {
        const decision = decideHelp(help, step);
        if (decision.kind === 'fault') {
          expect(decision.say).not.toBe('');
          continue;
        }
        if (step.step === 'expire') expect(step.at).toBeGreaterThanOrEqual(help.expiresAt);
        help = decision.help;
        const again = decideHelp(help, step);
        expect(again.kind === 'fault' ? help : again.help).toEqual(help);
        expect(help.closedAt === undefined).toBe(help.state === 'open');
        expect(help.text === '').toBe(help.state === 'withdrawn');
      }
      const end = decideHelp(help, { step: 'expire', at: 1_000 * dayMs });
      expect(end.kind).toBe(help.state === 'open' ? 'help' : 'fault');
    }),
  );
});

it('knows words of money', () => {
  for (const text of ['急需借 钱周转', '诚招兼职刷单，日结', '代写论文'])
    expect(soundsLikeMoney(text)).toBe(true);
  for (const text of ['求四级听力资料', '周末教打羽毛球', '借一本高数教材'])
    expect(soundsLikeMoney(text)).toBe(false);
});
