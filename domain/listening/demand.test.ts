import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { type Demand, type DemandStep, decide, inHand, lapseMs, openDemand } from './demand.ts';

function opened(text = '热水总是断'): Demand {
  const decision = openDemand(3, text, 100);
  if (decision.kind === 'fault') throw new Error(decision.say);
  return decision.demand;
}

function after(demand: Demand, ...steps: DemandStep[]): Demand {
  return steps.reduce((current, step) => {
    const decision = decide(current, step);
    if (decision.kind === 'fault') throw new Error(decision.say);
    return decision.demand;
  }, demand);
}

const accept = { step: 'accept', at: 200 } as const;
const answer = { step: 'answer', at: 300, reply: ' 已报修 ' } as const;
const progress = { step: 'progress', at: 220, reply: '在看了' } as const;
const explain = { step: 'explain', at: 300, reply: '要等下学期' } as const;
const refer = { step: 'refer', at: 250 } as const;
const yes = { step: 'consent', at: 260, yes: true } as const;
const no = { step: 'consent', at: 260, yes: false } as const;
const confirm = { step: 'confirm', at: 400 } as const;
const reopen = { step: 'reopen', at: 500 } as const;
const withdraw = { step: 'withdraw', at: 600 } as const;
const lapse = { step: 'lapse', at: 300 + lapseMs } as const;
const merge = { step: 'merge', at: 300, into: { number: 9, state: 'open' } } as const;

it('goes from open over accepted and answered to closed, with its reply', () => {
  expect(opened(' 热水总是断\n')).toMatchObject({
    number: 3,
    text: '热水总是断',
    state: 'open',
    createdAt: 100,
  });
  expect(after(opened(), accept)).toMatchObject({ state: 'accepted', acceptedAt: 200 });
  expect(after(opened(), answer)).toMatchObject({ state: 'answered', acceptedAt: 300, reply: '已报修' });
  expect(after(opened(), accept, answer, confirm)).toMatchObject({ state: 'closed', closedAt: 400 });
  expect(after(opened(), answer, lapse)).toMatchObject({ state: 'closed', closedAt: lapse.at });
  expect(after(opened(), answer, confirm, reopen)).toMatchObject({ state: 'accepted', closedAt: undefined });
});

it('may be explained, referred with consent, merged, or withdrawn', () => {
  expect(after(opened(), explain)).toMatchObject({ state: 'unsolved', reply: '要等下学期' });
  expect(after(opened(), explain, reopen)).toMatchObject({ state: 'accepted' });
  expect(after(opened(), refer)).toMatchObject({ state: 'accepted', consent: 'asked' });
  expect(after(opened(), refer, yes)).toMatchObject({ state: 'referred', consent: 'given' });
  expect(after(opened(), refer, yes, answer)).toMatchObject({ state: 'answered' });
  expect(after(opened(), refer, no)).toMatchObject({ state: 'accepted', consent: 'refused' });
  expect(after(opened(), merge)).toMatchObject({ state: 'merged', mergedInto: 9 });
  expect(after(opened(), merge, reopen)).toMatchObject({ state: 'accepted', mergedInto: undefined });
  expect(after(opened(), progress)).toMatchObject({ state: 'accepted', acceptedAt: 220, reply: undefined });
  expect(after(opened(), refer, yes, progress)).toMatchObject({ state: 'referred' });
  expect(after(opened(), answer, withdraw)).toMatchObject({ state: 'withdrawn', text: '', reply: undefined });
});

const refusals: [name: string, demand: Demand, step: DemandStep, says: string][] = [
  ['accepting twice', after(opened(), accept), accept, '正在办理中'],
  ['accepting what is answered', after(opened(), answer), accept, '已经答复，等对方确认'],
  ['answering what is closed', after(opened(), answer, confirm), answer, '已经是“办结”'],
  ['answering twice', after(opened(), answer), answer, '已经答复'],
  ['answering without a reply', opened(), { ...answer, reply: ' \n' }, '答复'],
  ['explaining nothing', opened(), { ...explain, reply: '' }, '请说明原因'],
  ['too long a reply', opened(), { ...answer, reply: '长'.repeat(1001) }, '1001'],
  ['referring against the asker’s will', after(opened(), refer, no), refer, '请尊重对方的意思'],
  ['asking for consent twice', after(opened(), refer), refer, '正在等对方同意'],
  ['consent that nobody asked for', opened(), yes, '没有等你同意的事'],
  ['merging into itself', opened(), { ...merge, into: { number: 3, state: 'open' } }, '不能合并到自己'],
  ['merging into what is over', opened(), { ...merge, into: { number: 9, state: 'closed' } }, '已经是“办结”'],
  ['handling what is merged', after(opened(), merge), answer, '已经合并到第 9 号'],
  ['confirming nothing', opened(), confirm, '没有等你确认'],
  ['words on the way for what is answered', after(opened(), answer), progress, '已经答复'],
  ['empty words on the way', opened(), { ...progress, reply: ' ' }, '请写一句进展'],
  ['reopening what is in hand', opened(), reopen, '不用重开'],
  ['lapsing early', after(opened(), answer), { ...lapse, at: lapse.at - 1 }, '还不到时候'],
  ['anything after a withdrawal', after(opened(), withdraw), answer, '已经撤回'],
];

test.each(refusals)('%s is refused', (_, demand, step, says) => {
  expect(decide(demand, step)).toEqual({ kind: 'fault', say: expect.stringContaining(says) });
});

it('takes 1 to 1000 characters, however many units they are', () => {
  for (const text of ['', '  ', '长'.repeat(1001)])
    expect(openDemand(1, text, 0)).toMatchObject({ kind: 'fault' });
  for (const text of ['修', '😀'.repeat(1000)])
    expect(openDemand(1, text, 0)).toMatchObject({ kind: 'demand' });
});

it('no path loses an entry or leaves an asker without an answer', () => {
  const all = [
    accept,
    progress,
    answer,
    { ...answer, reply: '' },
    explain,
    refer,
    yes,
    no,
    confirm,
    reopen,
    withdraw,
    lapse,
    merge,
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom<DemandStep>(...all), { maxLength: 30 }), (taken) => {
      let demand = opened();
      for (const step of taken) {
        const decision = decide(demand, step);
        if (decision.kind === 'fault') {
          expect(decision.say).not.toBe('');
          continue;
        }
        expect(decision.demand.number).toBe(demand.number);
        demand = decision.demand;
        if (demand.state === 'withdrawn') {
          expect(step).toBe(withdraw);
          return;
        }
        expect(demand.text).toBe('热水总是断');
        // What is over has its words, or goes on under another number.
        if (demand.state === 'merged') expect(demand.mergedInto).toBe(9);
        else if (!inHand.includes(demand.state)) expect(demand.reply?.length).toBeGreaterThan(0);
        // Nothing is reported without consent.
        if (demand.state === 'referred') expect(demand.consent).toBe('given');
      }
      // Whatever has happened, somebody can bring it to an answer, or it has one, and the asker can object or leave.
      if (inHand.includes(demand.state)) expect(decide(demand, answer).kind).toBe('demand');
      else expect(decide(demand, reopen).kind).toBe('demand');
      expect(decide(demand, withdraw).kind).toBe('demand');
    }),
  );
});
