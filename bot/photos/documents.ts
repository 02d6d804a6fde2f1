/** Which documents may show that a deed happened: known by their bytes, never by their names; kept as they are. */

/** The kinds that are kept, by the ending under which they are. */
export const documentEndings = ['pdf', 'docx', 'xlsx', 'pptx'] as const;
export type DocumentEnding = (typeof documentEndings)[number];

/** What such a file is called for people. */
export const documentNames = 'PDF、Word（docx）、Excel（xlsx）、PPT（pptx）';

/** A folder that every file of that kind has inside. */
const rooms: readonly (readonly [folder: string, ending: DocumentEnding])[] = [
  ['word/', 'docx'],
  ['xl/', 'xlsx'],
  ['ppt/', 'pptx'],
];
/** More files than any document has; a longer list is not read. */
const mostEntries = 10_000;
/** The end of a zip lies within its last 64 KB (APPNOTE.TXT 4.3.16). */
const longestEnd = 65_557;

/** The kind of a document; `macros` for one that carries programs; undefined for anything else. */
export function documentKind(bytes: Uint8Array): DocumentEnding | 'macros' | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.subarray(0, 5).toString('latin1') === '%PDF-') return 'pdf';
  const names = namesInZip(file);
  if (!names?.includes('[Content_Types].xml')) return undefined;
  if (names.some((name) => name.toLowerCase().endsWith('vbaproject.bin'))) return 'macros';
  return rooms.find(([folder]) => names.some((name) => name.startsWith(folder)))?.[1];
}

/** The names in a zip's directory; undefined when it is none, or its directory is broken. */
function namesInZip(file: Buffer): readonly string[] | undefined {
  if (file.subarray(0, 4).toString('latin1') !== 'PK\x03\x04') return undefined;
  const tail = Math.max(0, file.length - longestEnd);
  const end = file.subarray(tail).lastIndexOf('PK\x05\x06', undefined, 'latin1') + tail;
  if (end < tail || end + 22 > file.length) return undefined;
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  const names: string[] = [];
  for (let n = 0; n < Math.min(count, mostEntries); n++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((field) => file.readUInt16LE(at + field));
    names.push(file.subarray(at + 46, at + 46 + (name ?? 0)).toString('utf8'));
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}
