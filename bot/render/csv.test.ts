import { expect, it } from 'vitest';
import { csv } from './csv.ts';

it('a table is a file for a spreadsheet, in which nothing is a formula and nothing breaks out of its cell', () => {
  const text = Buffer.from(
    csv([
      ['对象', '主题'],
      ['=1+1', 'a,"b"\nc'],
      ['-2', ''],
    ]),
  ).toString('utf8');
  expect(text).toBe('\ufeff对象,主题\r\n\'=1+1,"a,""b""\nc"\r\n\'-2,\r\n');
});
