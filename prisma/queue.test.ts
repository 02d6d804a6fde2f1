import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Queue } from './queue.ts';

it('gives turns in the order of arrival, one at a time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 500 }), async (lengths) => {
      const queue = new Queue();
      const order: number[] = [];
      let inside = 0;
      const turns = lengths.map(async (length, index) => {
        if (length === 0) return queue.run(() => order.push(index));
        const leave = await queue.enter();
        inside += 1;
        expect(inside).toBe(1);
        for (let step = 0; step < length; step += 1) await Promise.resolve();
        order.push(index);
        inside -= 1;
        leave();
        leave();
      });
      await Promise.all(turns);
      expect(order).toEqual(lengths.map((_, index) => index));
    }),
    { numRuns: 50 },
  );
});

it('goes on after a turn that failed', async () => {
  const queue = new Queue();
  const failing = queue.run(() => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await queue.run(() => 'yes')).toBe('yes');
});

it('lets timers run among turns that never end', async () => {
  const queue = new Queue();
  let ticked = false;
  setImmediate(() => {
    ticked = true;
  });
  for (let turn = 0; turn < 1_000; turn += 1) await queue.run(() => undefined);
  expect(ticked).toBe(true);
});
