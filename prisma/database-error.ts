import { z } from 'zod';

/** What the person who runs the bot is told, by the kind of fault. `forPerson` in {@link DatabaseError}. */
const sentences = {
  'bad-url':
    'DATABASE_URL 写得不对：请用 file:路径（例如 file:data/lianqing.db）或 postgresql://用户:密码@主机:端口/库名。',
  'cannot-open': '打不开数据库文件：请检查路径是否存在、是否有权限读写。',
  'read-only': '数据库文件只能读、不能写：请检查文件和所在文件夹的权限，或磁盘是否被设为只读。',
  locked: '数据库正被另一个程序占用：请等它结束，或关掉重复启动的联青后再试。',
  full: '磁盘满了，数据库写不进去：请腾出空间后再试。已经确认过的内容不会丢。',
  'not-a-database': '数据库文件已损坏，或者不是联青的数据库：请检查 DATABASE_URL，必要时用备份恢复。',
  unreachable: '连不上 PostgreSQL：请检查它是否在运行，以及 DATABASE_URL 里的主机和端口。',
  credentials: 'PostgreSQL 不接受这个用户名或密码：请检查 DATABASE_URL。',
  'no-such-database': 'PostgreSQL 里没有这个数据库：请先建库，再检查 DATABASE_URL 里的库名。',
  newer: '这个数据库已被更新版本的联青升级过，当前程序太旧：请换用新版本的程序。',
  changed: '数据库的升级记录与程序不一致：请换回原来的程序版本，或用备份恢复。',
  interrupted: '数据库上一次升级没有完成：请用备份恢复后再启动。',
  foreign: '这个数据库里已有别的程序的数据：请给联青换一个空的数据库。',
  'migration-failed': '数据库升级失败，原有数据没有改动：请把日志交给维护人员。',
} as const;

export type DatabaseFault = keyof typeof sentences;

/**
 * A database that cannot be used. `message` (English) is for the log and names no password; `forPerson` (Chinese)
 * says what to do.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly fault: DatabaseFault;
  readonly forPerson: string;
  constructor(fault: DatabaseFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.fault = fault;
    this.forPerson = sentences[fault];
  }
}

/** The parts of an error that tell what is wrong, wherever Prisma, its adapters or a driver put them. */
const errorShape = z.object({
  code: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  meta: z.object({ driverAdapterError: z.unknown().optional() }).optional().catch(undefined),
  cause: z.unknown().optional(),
  kind: z.string().optional().catch(undefined),
  originalCode: z.string().optional().catch(undefined),
  originalMessage: z.string().optional().catch(undefined),
  errors: z.array(z.unknown()).optional().catch(undefined),
});

const rules: readonly (readonly [RegExp, DatabaseFault])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'locked'],
  [/^SQLITE_FULL|^ENOSPC$|^53100$/, 'full'],
  [/^SQLITE_READONLY|^EROFS$|^25006$/, 'read-only'],
  [/^SQLITE_(NOTADB|CORRUPT)/, 'not-a-database'],
  [/^SQLITE_(CANTOPEN|IOERR|PERM|AUTH)|^(EACCES|EPERM|ENOTDIR|EEXIST|EISDIR|ENOENT)$/, 'cannot-open'],
  [/^28/, 'credentials'],
  [/^3D000$/, 'no-such-database'],
  [/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/, 'unreachable'],
  [/^(08|57P0[123]|53300)/, 'unreachable'],
  [/^(DatabaseNotReachable|ConnectionClosed|TooManyConnections)$/, 'unreachable'],
  [/^(AuthenticationFailed|DatabaseAccessDenied)$/, 'credentials'],
  [/^DatabaseDoesNotExist$/, 'no-such-database'],
];

/**
 * The {@link DatabaseError} that an error of Prisma, a driver or the file system stands for: a full disk, a locked or
 * read-only file, a server that is gone. Undefined for everything else (a constraint, a fault in the program).
 */
export function asDatabaseError(error: unknown): DatabaseError | undefined {
  return error instanceof DatabaseError ? error : search(error, error, 0);
}

function search(error: unknown, whole: unknown, depth: number): DatabaseError | undefined {
  const shape = errorShape.safeParse(error);
  if (!shape.success || depth > 5) return undefined;
  const { code, kind, originalCode, message, originalMessage, meta, cause, errors } = shape.data;
  for (const sign of [originalCode, code, kind]) {
    const rule = sign === undefined ? undefined : rules.find(([pattern]) => pattern.test(sign));
    if (rule)
      return new DatabaseError(rule[1], `${sign}: ${originalMessage ?? message ?? 'no details'}`, whole);
  }
  if (message?.startsWith('ConnectionFailed("Unable to open connection to local database')) {
    return new DatabaseError('cannot-open', message, whole);
  }
  if (
    message === 'timeout exceeded when trying to connect' ||
    message === 'Connection terminated unexpectedly'
  ) {
    return new DatabaseError('unreachable', message, whole);
  }
  for (const inner of [meta?.driverAdapterError, cause, ...(errors ?? [])]) {
    const found = inner === undefined ? undefined : search(inner, whole, depth + 1);
    if (found) return found;
  }
  return undefined;
}
