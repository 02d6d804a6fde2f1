import { defineCommand } from 'citty';
import { openDatabase } from '../../prisma/database.ts';
import { type GroupImport, importGroups } from '../replay/import.ts';
import { whyNotKept } from '../replay/kept.ts';
import { readEventFile } from '../replay/read.ts';
import { progressBar } from './progress-bar.ts';
import { InputError, politely, remark, say, settings } from './terminal.ts';

export const importFile = defineCommand({
  meta: { name: 'import', description: '把一个事件文件补记到真实的群里；重复导入不会重复计数' },
  args: {
    file: {
      type: 'positional',
      required: true,
      description: '事件文件（JSON Lines），- 表示标准输入',
      valueHint: '事件.jsonl',
    },
    account: {
      type: 'string',
      description: '群所在的账号，写作 平台/账号；只有一个账号时可以省略',
      valueHint: 'feishu/cli_…',
    },
  },
  run: ({ args }) =>
    politely(async () => {
      const database = await openDatabase(settings().databaseUrl);
      try {
        const accounts = await database.db.account.findMany({ orderBy: { id: 'asc' } });
        const named = accounts.map((account) => ({
          id: account.id,
          name: `${account.platform}/${account.name}`,
        }));
        const account = args.account ? named.find(({ name }) => name === args.account) : named[0];
        if (!account || (!args.account && named.length > 1))
          throw new InputError(
            named.length === 0
              ? '数据库里还没有任何账号：请先启动一次机器人，再来导入。'
              : `请用 --account 写明导入到哪个账号：${named.map(({ name }) => name).join('、')}`,
          );
        const bar = progressBar('正在读取');
        const reading = await readEventFile(args.file, {
          onProgress: bar.update,
          refuse: whyNotKept,
        }).finally(bar.stop);
        const imported = await importGroups(database, account.id, reading, Date.now());
        for (const group of imported) say(describe(group));
        if (imported.length === 0) say('文件里没有可用的记录。');
        for (const { line, why } of reading.bad) remark(`第 ${line} 行没有用上：${why}`);
      } finally {
        await database.close();
      }
    }),
});

function describe(group: GroupImport): string {
  const parts = [
    `群 ${group.name}：${group.people} 人，${group.days} 天的发言记录，${group.topics} 个话题，${group.activities} 次活动`,
  ];
  if (group.isNew) parts.push('这个群以前没有登记，已经新建');
  if (group.unproved)
    parts.push('文件里的团干部还没有在这里绑定：已按文件计数，但不会因此得到任何权限，请照常用 /绑定 绑定');
  if (group.sealedDays > 0) parts.push(`有 ${group.sealedDays} 天早已封存，没有改动`);
  return parts.join('；');
}
