import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { workbook } from '../render/workbook.ts';
import { documentKind } from './documents.ts';
import { documentEnding, Photos } from './photos.ts';

/** A zip of empty files with those names (APPNOTE.TXT 4.3). */
function zip(names: readonly string[], comment = ''): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const name of names) {
    const header = Buffer.alloc(30);
    header.write('PK\x03\x04', 'latin1');
    header.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(at, 42);
    local.push(header, Buffer.from(name));
    directory.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(name);
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...local, ...directory, end, Buffer.from(comment)]);
}
const types = '[Content_Types].xml';

it('a document is known by its bytes', async () => {
  expect(documentKind(Buffer.from('%PDF-1.7\n'))).toBe('pdf');
  expect(documentKind(zip([types, 'word/document.xml']))).toBe('docx');
  expect(documentKind(zip(['ppt/slides/slide1.xml', types], 'made by somebody'))).toBe('pptx');
  expect(documentKind(await workbook([{ name: '一', rows: [['二']] }]))).toBe('xlsx');
});

it.each<[string, Buffer, 'macros' | undefined]>([
  ['one with macros', zip([types, 'word/document.xml', 'word/vbaProject.bin']), 'macros'],
  ['another archive', zip(['virus.exe']), undefined],
  ['an archive that only says so', zip(['word/document.xml']), undefined],
  ['half a document', zip([types, 'word/document.xml']).subarray(0, 60), undefined],
  ['an old document', Buffer.from('d0cf11e0a1b11ae1', 'hex'), undefined],
  ['a program', Buffer.from('MZ\x90\x00'), undefined],
  ['a page', Buffer.from('<html>%PDF-1.7'), undefined],
])('%s is none', (_, bytes, kind) => {
  expect(documentKind(bytes)).toBe(kind);
});

it('nothing that is sent makes it fail', () => {
  const real = zip([types, 'word/document.xml', 'word/styles.xml']);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(real.length - 1), fc.nat(255))), (changes) => {
      const bytes = Buffer.from(real);
      for (const [at, to] of changes) bytes[at] = to;
      expect(['docx', 'xlsx', 'pptx', 'pdf', 'macros', undefined]).toContain(documentKind(bytes));
    }),
  );
});

it('is kept as it is, under a random name with its ending', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-documents-'));
  const photos = new Photos(folder);
  const sent = zip([types, 'word/document.xml']);
  const name = await photos.keep(sent);
  expect(name).toMatch(/^[0-9a-f]{32}\.docx$/);
  expect(documentEnding(name)).toBe('docx');
  expect(documentEnding(`${'a'.repeat(32)}.jpg`)).toBeUndefined();
  expect(await readFile(join(folder, name))).toEqual(sent);
  expect(Buffer.from((await photos.read(name)) ?? [])).toEqual(sent);
  await expect(photos.keep(zip([types, 'xl/x', 'xl/vbaProject.bin']))).rejects.toMatchObject({
    forPerson: expect.stringContaining('宏'),
  });
  await rm(folder, { recursive: true });
});
