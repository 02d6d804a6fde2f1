/** Where an event file is read from: a file, or standard input, which is put by so that it can be read twice. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A path, `-` for standard input, or the bytes themselves. */
export type Source = string | AsyncIterable<Uint8Array>;

/** The event file cannot be read. `message` is for the log, `forPerson` (Chinese) for the person. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly forPerson: string;
  constructor(message: string, forPerson: string, cause: unknown) {
    super(message, { cause });
    this.forPerson = forPerson;
  }
}

/** Opens a source for reading from the beginning, more than once. Throws {@link SourceError}. */
export async function openSource(source: Source): Promise<FileHandle> {
  if (typeof source !== 'string') return spool(source);
  if (source === '-') return spool(process.stdin);
  let handle: FileHandle;
  try {
    handle = await open(source, 'r');
  } catch (fault) {
    throw new SourceError(`cannot open the event file: ${codeOf(fault)}`, adviceOn(codeOf(fault)), fault);
  }
  const stat = await handle.stat();
  if (stat.isFile()) return handle;
  if (stat.isDirectory()) {
    await handle.close();
    throw new SourceError('the event file is a directory', adviceOn('EISDIR'), undefined);
  }
  // A pipe or a device can be read only once; the stream closes the handle.
  return spool(handle.createReadStream());
}

/** Puts bytes by in a file that has no name any more: nothing of them stays behind, however the process ends. */
async function spool(bytes: AsyncIterable<Uint8Array | string>): Promise<FileHandle> {
  const path = join(tmpdir(), `lianqing-replay-${randomUUID()}`);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'wx+', 0o600);
    await unlink(path);
    for await (const piece of bytes) await writeAll(handle, piece);
    return handle;
  } catch (fault) {
    await handle?.close();
    throw new SourceError(
      `cannot put standard input by in ${tmpdir()}: ${codeOf(fault)}`,
      `读取标准输入时出错（${codeOf(fault)}）。请检查临时目录 ${tmpdir()} 是否可写、磁盘是否已满，或先存成文件再读。`,
      fault,
    );
  }
}

async function writeAll(handle: FileHandle, piece: Uint8Array | string): Promise<void> {
  const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
  for (let done = 0; done < bytes.length; ) {
    done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten;
  }
}

function codeOf(fault: unknown): string {
  return fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown';
}

function adviceOn(code: string): string {
  switch (code) {
    case 'ENOENT':
      return '找不到这个文件，请检查路径。';
    case 'EISDIR':
      return '这是一个文件夹，请给出事件文件（每行一个 JSON）的路径。';
    case 'EACCES':
    case 'EPERM':
      return '没有读取这个文件的权限。';
    default:
      return `打不开这个文件（${code}）。`;
  }
}
