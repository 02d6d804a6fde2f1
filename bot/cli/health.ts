import { defineCommand } from 'citty';
import { openDatabase } from '../../prisma/database.ts';
import { isHeld } from '../../prisma/store/accounts.ts';
import { InputError, politely, say, settings } from './terminal.ts';

/**
 * For a supervisor: exit code 0 while a bot holds its account and renews its lease (every ten seconds), whatever the
 * platform. It migrates nothing.
 */
export const health = defineCommand({
  meta: { name: 'health', description: '联青是不是在工作（给监控用：在就以 0 退出，不在就以 1 退出）' },
  run: () =>
    politely(async () => {
      const { databaseUrl } = settings();
      const database = await openDatabase(databaseUrl, { migrate: false });
      try {
        // A database that has no such table has never been started on.
        const held = await isHeld(database.db, Date.now()).catch(() => false);
        if (!held) throw new InputError('联青没有在工作：没有进程掌管着账号。请看日志，再启动它。');
        say('联青在工作。');
      } finally {
        await database.close();
      }
    }),
});
