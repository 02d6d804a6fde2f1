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
