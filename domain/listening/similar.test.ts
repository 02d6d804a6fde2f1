import fc from 'fast-check';
import { expect, it } from 'vitest';
import { complaints } from '../../tests/support/complaints.ts';
import { TwinIndex } from './similar.ts';

it.each([
  ['热水十点以后就没有了，三楼宿舍', 0],
  ['自习室空调不制冷，图书馆热得坐不住', 1],
  ['中午食堂人太多要排半小时', 2],
  ['周末校车能不能多几班', 3],
  ['助学金还没有发下来', 5],
  ['选课又崩溃了', 7],
])('“%s” is near its twin', (text, twin) => {
  const index = new TwinIndex();
  for (const [id, complaint] of complaints.entries()) index.add(id, complaint);
  expect(index.search(text, 3).map(({ id }) => id)).toContain(twin);
});

it('the same text is the nearest there can be; what shares nothing is not proposed', () => {
  const index = new TwinIndex();
  for (const [id, complaint] of complaints.entries()) index.add(id, complaint);
  const [first] = index.search('校车周末班次太少！', 3);
  expect(first?.id).toBe(3);
  expect(first?.likeness).toBeCloseTo(1);
  for (const strange of ['', '😀', 'zzz', '\ud800']) expect(index.search(strange, 3)).toEqual([]);
  expect(new TwinIndex().search('热水', 3)).toEqual([]);
});

/** The same by its definition, everything counted anew. */
function counted(texts: readonly string[], wanted: string): number[] {
  const grams = (text: string) => {
    const chars = [...text];
    const all = [...chars, ...chars.slice(1).map((char, n) => `${chars[n]}${char}`)];
    return (gram: string) => all.filter((one) => one === gram).length;
  };
  const entries = texts.map(grams);
  const every = new Set(
    [wanted, ...texts].flatMap((text) => [...text].flatMap((a, n, all) => [a, a + (all[n + 1] ?? '')])),
  );
  const weights = [...every].map((gram) => {
    const held = entries.filter((count) => count(gram) > 0).length;
    return [gram, Math.log((texts.length + 1) / (held + 1)) + 1] as const;
  });
  const vector = (count: (gram: string) => number) => weights.map(([gram, rarity]) => count(gram) * rarity);
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, x, n) => sum + x * (b[n] ?? 0), 0);
  const own = vector(grams(wanted));
  return entries.map((count) => {
    const shares = [...every].some((gram) => gram.length > 1 && count(gram) > 0 && grams(wanted)(gram) > 0);
    const its = vector(count);
    return shares ? dot(own, its) / Math.sqrt(dot(own, own) * dot(its, its)) : 0;
  });
}

it('ranks as everything counted anew does, whenever entries come between searches', () => {
  const text = fc.string({ unit: fc.constantFrom(...'热水停电课室'), minLength: 1, maxLength: 8 });
  const step = fc.oneof(fc.record({ add: text }), fc.record({ look: text }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const index = new TwinIndex();
      const texts: string[] = [];
      for (const one of steps) {
        if ('add' in one) {
          index.add(texts.push(one.add) - 1, one.add);
          continue;
        }
        const likenesses = counted(texts, one.look);
        const found = index.search(one.look, 3);
        const nearest = likenesses
          .filter((likeness) => likeness > 0)
          .sort((a, b) => b - a)
          .slice(0, 3);
        expect(found.map(({ likeness }) => likeness.toFixed(9))).toEqual(
          nearest.map((one) => one.toFixed(9)),
        );
        for (const { id, likeness } of found) expect(likenesses[id]).toBeCloseTo(likeness, 9);
      }
    }),
    { numRuns: 300 },
  );
});
