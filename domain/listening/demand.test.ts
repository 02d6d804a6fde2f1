import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { type Demand, type DemandStep, decide, openDemand } from './demand.ts';

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
const close = { step: 'close', at: 300, reply: ' 已报修 ' } as const;

it('goes from open over accepted to closed, with its reply', () => {
  expect(opened(' 热水总是断\n')).toMatchObject({
    number: 3,
    text: '热水总是断',
    state: 'open',
    createdAt: 100,
  });
  expect(after(opened(), accept)).toMatchObject({ state: 'accepted', acceptedAt: 200, closedAt: undefined });
  expect(after(opened(), accept, close)).toMatchObject({
    state: 'closed',
    acceptedAt: 200,
    closedAt: 300,
    reply: '已报修',
  });
  expect(after(opened(), close)).toMatchObject({ state: 'closed', acceptedAt: 300, closedAt: 300 });
});

const refusals: [name: string, demand: Demand, step: DemandStep, says: string][] = [
  ['accepting twice', after(opened(), accept), accept, '正在办理中'],
  ['accepting what is closed', after(opened(), close), accept, '已经办结'],
  ['closing twice', after(opened(), close), close, '已经办结'],
  ['closing without a reply', opened(), { ...close, reply: ' \n' }, '答复'],
  ['closing with too long a reply', opened(), { ...close, reply: '长'.repeat(1001) }, '1001'],
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

it('never leaves closed, and never goes back', () => {
  const order = ['open', 'accepted', 'closed'];
  const steps = fc.array(
    fc.oneof(fc.constant(accept), fc.constant(close), fc.constant({ ...close, reply: '' })),
  );
  fc.assert(
    fc.property(steps, (taken) => {
      let demand = opened();
      for (const step of taken) {
        const decision = decide(demand, step);
        if (decision.kind === 'fault') continue;
        expect(order.indexOf(decision.demand.state)).toBeGreaterThan(order.indexOf(demand.state));
        demand = decision.demand;
      }
      expect(demand.state === 'closed').toBe(demand.reply !== undefined);
    }),
  );
});
