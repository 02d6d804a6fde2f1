/** What a fault of the program's says to the person who runs it. */
import { asDatabaseError } from '../prisma/database-error.ts';

/** The sentence for the person that a fault comes to. */
export function sentence(fault: unknown): string {
  // Every error of ours that a person may meet carries its second text.
  if (fault instanceof Error && 'forPerson' in fault) return String(fault.forPerson);
  switch (codeOf(fault)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return '磁盘满了，写不进去：请腾出空间后再试。已经确认过的内容不会丢。';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return '数据文件夹不能写：请检查 DATA_DIR 的权限，或换一个文件夹。';
    case 'EADDRINUSE':
      return '端口已被别的程序占用：请换一个端口（.env 里的 PORT），或关掉占用它的程序。';
    case 'EEXIST':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return '数据文件夹建不起来：DATA_DIR 的路径里有一段不是文件夹，或者太长。请换一个文件夹。';
  }
  const database = asDatabaseError(fault);
  if (database) return database.forPerson;
  return '出了意料之外的问题，没有完成。请加上 LOG_LEVEL=debug 再运行一次，把输出发给维护者。';
}

/** The code of a fault of the system's, such as `ENOSPC`. */
export function codeOf(fault: unknown): unknown {
  return fault instanceof Error && 'code' in fault ? fault.code : undefined;
}
