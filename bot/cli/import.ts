import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { defineCommand } from 'citty';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { type ChatExport, looksLikeExport, readChatExport } from '../replay/chat-export.ts';
import { type ExportPlan, planExport } from '../replay/export-events.ts';
import { type GroupImport, importGroups } from '../replay/import.ts';
import { whyNotKept } from '../replay/kept.ts';
import { type Reading, readEventFile } from '../replay/read.ts';
import type { Source } from '../replay/source.ts';
import { progressBar } from './progress-bar.ts';
import { InputError, politely, remark, say, settings } from './terminal.ts';

const badShown = 20;

export const importFile = defineCommand({
  meta: {
    name: 'import',
    description: '把事件文件或微信导出的聊天记录（CSV）补记到真实的群里；重复导入不会重复计数',
  },
  args: {
    file: {
      type: 'positional',
      required: true,
      description: '事件文件（JSON Lines）或 CSV，- 表示标准输入（事件文件）',
      valueHint: 'FILE',
    },
    account: {
      type: 'string',
      description: '群所在的账号，写作 平台/账号；只有一个账号时可以省略',
      valueHint: 'feishu/cli_…',
    },
    group: { type: 'string', description: 'CSV 导入到哪个群；群名对得上时可以省略', valueHint: '群名' },
    cadre: { type: 'string', description: '团干部在 CSV 里的名字；认得出时可以省略', valueHint: '名字' },
    yes: { type: 'boolean', description: '不再问一遍，直接写入' },
  },
  run: ({ args }) =>
    politely(async () => {
      const database = await openDatabase(settings().databaseUrl);
      try {
        const accountId = await accountFor(database, args.account);
        let source: Source = args.file;
        if (await isExport(args.file)) {
          const chat = readChatExport(await readFile(args.file));
          const plan = await planExport(database.db, accountId, chat, args);
          for (const line of understood(chat, plan)) say(line);
          for (const { line, why } of chat.bad.slice(0, badShown)) remark(`第 ${line} 行没有用上：${why}`);
          if (!args.yes && !process.stdin.isTTY)
            throw new InputError('还没有写入。看看上面对不对；对的话，加上 --yes 再运行一次。');
          if (!(await agreed(args.yes))) return say('好的，什么都没有写入。');
          source = plan.lines();
        }
        const bar = progressBar('正在读取');
        const reading = await readEventFile(source, {
          onProgress: bar.update,
          refuse: whyNotKept,
        }).finally(bar.stop);
        // A person at the terminal sees what an event file holds before it is written; a script has read it itself.
        if (typeof source === 'string' && source !== '-' && process.stdin.isTTY && !args.yes) {
          for (const line of summaryOf(reading)) say(line);
          if (!(await agreed(false))) return say('好的，什么都没有写入。');
        }
        const imported = await importGroups(database, accountId, reading, Date.now());
        for (const group of imported) say(describe(group));
        if (imported.length === 0) say('文件里没有可用的记录。');
        for (const { line, why } of reading.bad) remark(`第 ${line} 行没有用上：${why}`);
      } finally {
        await database.close();
      }
    }),
});

async function accountFor(database: Database, wanted: string | undefined): Promise<number> {
  const accounts = await database.db.account.findMany({ orderBy: { id: 'asc' } });
  const named = accounts.map((account) => ({ id: account.id, name: `${account.platform}/${account.name}` }));
  const account = wanted ? named.find(({ name }) => name === wanted) : named[0];
  if (account && (wanted || named.length === 1)) return account.id;
  throw new InputError(
    named.length === 0
      ? '数据库里还没有任何账号：请先启动一次机器人，再来导入。'
      : `请用 --account 写明导入到哪个账号：${named.map(({ name }) => name).join('、')}`,
  );
}

/** Whether the file is a chat export; what cannot be looked into is left to the reader of event files to refuse. */
async function isExport(path: string): Promise<boolean> {
  if (path === '-') return false;
  const handle = await open(path, 'r').catch(() => undefined);
  if (!handle) return false;
  try {
    if (!(await handle.stat()).isFile()) return false;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_096), 0, 4_096, 0);
    return looksLikeExport(path, buffer.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

function understood(chat: ChatExport, plan: ExportPlan): readonly string[] {
  return [
    `看懂了：${plan.messages} 条消息，从 ${clock(plan.from)} 到 ${clock(plan.until)}（北京时间），文件编码 ${chat.encoding}。`,
    `  列：${chat.columns.map(({ meaning, column }) => `${meaning}=${column}`).join('，')}`,
    `  导入到群“${plan.group}”，团干部是“${plan.cadre}”，从第一条消息那天起计数。`,
    `  ${plan.known} 人是群里认得的成员；${plan.unknown} 人对不上（已退群、改了名，或有人重名），只按“曾经在群里”计数。`,
    `  ${chat.system} 行是系统提示，不算；${chat.bad.length} 行看不懂，不算。`,
    '  只数“哪个半小时说过话”，不保存聊天内容；重复导入不会重复计数。',
  ];
}

function summaryOf({ groups, bad }: Reading): readonly string[] {
  return [
    `看懂了：${groups.size} 个群，${bad.length} 行没有用上。`,
    ...[...groups].map(
      ([id, { name, facts }]) =>
        `  群 ${name || id}：${facts.presence.size} 天的发言记录，${facts.topics.length} 个话题`,
    ),
  ];
}

async function agreed(already: boolean | undefined): Promise<boolean> {
  if (already) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(是|y|yes|对|好)$/i.test((await terminal.question('写入吗？（是／否）')).trim());
  } finally {
    terminal.close();
  }
}

function clock(at: number): string {
  return new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
}

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
