import { expect, it } from 'vitest';
import { drawWall } from './wish-wall-card.ts';
import { type WishWall, wallText } from './wish-wall-text.ts';

const wall: WishWall = {
  group: '一班',
  wishes: [
    { number: 3, text: '想借一本\n高数教材', name: undefined },
    { number: 5, text: '\u202e想看日出', name: '小明\u202e' },
  ],
  open: 4,
  claimed: 1,
  fulfilled: 2,
};

it('is drawn, also when it is empty', async () => {
  for (const shown of [wall, { ...wall, wishes: [], open: 0 }]) {
    const png = await drawWall(shown);
    expect([...png.slice(1, 4)]).toEqual([...Buffer.from('PNG')]);
  }
});

it('has a text form: a wish a line, a name only where it is wanted', () => {
  expect(wallText(wall)).toBe(
    '4 个等人认领，1 个有人在办，本月实现 2 个\n3 号　想借一本 高数教材\n5 号　想看日出——小明\n还有 2 个，有人认领了就轮到。',
  );
  expect(wallText({ ...wall, wishes: [], open: 0, claimed: 0, fulfilled: 0 })).toBe('现在没有等人认领的');
});
