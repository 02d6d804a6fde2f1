import { SendError } from '../adapter.ts';
import { texts } from './texts.ts';

const megabyte = 1024 * 1024;
const most = { image: 10, file: 30 } as const;

/** Throws {@link SendError} for what Feishu does not take: nothing, or more than 10 MB (pictures) and 30 MB (files). */
export function checkSize(kind: 'image' | 'file', bytes: Uint8Array): void {
  if (bytes.byteLength === 0) throw new SendError('refused', `feishu: the ${kind} is empty`);
  if (bytes.byteLength <= most[kind] * megabyte) return;
  throw new SendError(
    'refused',
    `feishu: ${kind} of ${bytes.byteLength} bytes: ${texts.tooLarge(most[kind])}`,
  );
}

const types: Readonly<Record<string, string>> = {
  pdf: 'pdf',
  doc: 'doc',
  docx: 'doc',
  xls: 'xls',
  xlsx: 'xls',
  ppt: 'ppt',
  pptx: 'ppt',
};

/** Feishu's file type by the name's ending; it decides on the icon only. */
export function fileTypeOf(name: string): string {
  return types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'stream';
}
