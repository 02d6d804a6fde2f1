/** Splitting a file into lines without holding more of it than a line. */
import type { FileHandle } from 'node:fs/promises';

/** A line, without its line feed, is `bytes` from `start` to `end`; the bytes are overwritten afterwards. */
type OnLine = (number: number, bytes: Buffer, start: number, end: number) => void;

export interface LineReader {
  readonly onLine: OnLine;
  /** A line of 64 MiB or more, of which nothing is kept. */
  readonly onOverlong: (number: number) => void;
  /** How many bytes have been read. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

const longest = 64 * 1024 * 1024;
const chunkSize = 1024 * 1024;
const lineFeed = 0x0a;

/**
 * Reads a file from its beginning and hands over its lines, numbered from 1. Only U+000A ends a line (not U+2028, as
 * in Node's readline); a byte-order mark at the beginning of the file is taken off. Rejects when reading fails.
 */
export async function readLines(handle: FileHandle, reader: LineReader): Promise<void> {
  const chunk = Buffer.allocUnsafe(chunkSize);
  let carried: Buffer[] = [];
  let carriedLength = 0;
  let number = 1;
  let position = 0;

  const endLine = (bytes: Buffer, start: number, end: number): void => {
    if (end - start >= longest) reader.onOverlong(number);
    else reader.onLine(number, bytes, number === 1 ? start + markLength(bytes, start, end) : start, end);
    number++;
  };
  const endCarried = (rest: Buffer): void => {
    carriedLength += rest.length;
    if (carriedLength >= longest) reader.onOverlong(number++);
    else endLine(Buffer.concat([...carried, rest]), 0, carriedLength);
    carried = [];
    carriedLength = 0;
  };

  for (;;) {
    const { bytesRead } = await handle.read(chunk, 0, chunkSize, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    let start = 0;
    // The end of what was read now; behind it stands an older chunk.
    const read = chunk.subarray(0, bytesRead);
    for (let end = read.indexOf(lineFeed); end >= 0; end = read.indexOf(lineFeed, start)) {
      if (carriedLength > 0) endCarried(read.subarray(start, end));
      else endLine(read, start, end);
      start = end + 1;
    }
    if (start < bytesRead) {
      carriedLength += bytesRead - start;
      // Too long already: its length is remembered, itself not.
      if (carriedLength >= longest) carried = [];
      else carried.push(Buffer.from(read.subarray(start)));
    }
    reader.onProgress?.(position);
  }
  if (carriedLength > 0) endCarried(chunk.subarray(0, 0));
}

function markLength(bytes: Buffer, start: number, end: number): number {
  return end - start >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf
    ? 3
    : 0;
}
