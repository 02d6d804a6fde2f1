import { expect, it } from 'vitest';
import { checkSize, fileTypeOf } from './uploads.ts';

const megabyte = 1024 * 1024;
const bytes = (length: number): Uint8Array => ({ byteLength: length }) as Uint8Array;

it.each([
  ['image', 10],
  ['file', 30],
] as const)('an %s is at most %i MB, and not empty', (kind, most) => {
  expect(() => checkSize(kind, bytes(most * megabyte))).not.toThrow();
  expect(() => checkSize(kind, bytes(most * megabyte + 1))).toThrow(
    expect.objectContaining({ outcome: 'refused', message: expect.stringContaining(`最多收 ${most} MB`) }),
  );
  expect(() => checkSize(kind, bytes(0))).toThrow(expect.objectContaining({ outcome: 'refused' }));
});

it.each([
  ['名单.xlsx', 'xls'],
  ['报告.DOCX', 'doc'],
  ['海报.pdf', 'pdf'],
  ['名单.csv', 'stream'],
  ['没有结尾', 'stream'],
  ['怪.toString', 'stream'],
])('%s goes up as %s', (name, type) => {
  expect(fileTypeOf(name)).toBe(type);
});
