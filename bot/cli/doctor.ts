import { constants } from 'node:fs';
import { access, mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { dayOf, formatDay } from '../../domain/calendar/day.ts';
import { openDatabase } from '../../prisma/database.ts';
import { fontFiles } from '../render/font.ts';
import { sentence } from '../sentence.ts';
import type { Settings } from '../settings.ts';
import { InputError, politely, say, settings } from './terminal.ts';

/** Below this the disk is as good as full for a database that must not lose anything. */
const leastFreeBytes = 200 * 1024 * 1024;

interface Check {
  readonly name: string;
  /** What is found, or a thrown fault whose sentence says what to do. */
  run(read: Settings): Promise<string>;
}

const checks: readonly Check[] = [
  {
    name: 'Node',
    async run() {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      if (major < 20 || (major === 20 && minor < 19))
        throw new InputError(`Node 版本是 ${process.versions.node}，太旧：请换用 20.19 或更新的版本。`);
      return process.versions.node;
    },
  },
  {
    name: '数据文件夹',
    async run({ dataDir }) {
      await mkdir(dataDir, { recursive: true });
      const probe = join(dataDir, `.doctor-${process.pid}`);
      await writeFile(probe, 'x', { flush: true });
      await rm(probe);
      const { bavail, bsize } = await statfs(dataDir);
      const free = bavail * bsize;
      if (free < leastFreeBytes)
        throw new InputError(
          `${dataDir} 所在磁盘只剩 ${Math.round(free / 1024 / 1024)} MB：请腾出至少 200 MB。`,
        );
      return `${dataDir} 可写，磁盘剩余 ${(free / 1024 ** 3).toFixed(1)} GB`;
    },
  },
  {
    name: '数据库',
    async run({ databaseUrl }) {
      const database = await openDatabase(databaseUrl);
      try {
        const groups = await database.db.group.count();
        return `${database.dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL'} 可用，结构是最新的，有 ${groups} 个群`;
      } finally {
        await database.close();
      }
    },
  },
  {
    name: '字体',
    async run() {
      for (const { path } of fontFiles()) await access(path, constants.R_OK);
      return '齐全，图片卡片可以正常画出汉字';
    },
  },
  {
    name: '时钟',
    async run() {
      const now = Date.now();
      // Before this program existed: the clock was never set.
      if (now < Date.UTC(2026, 0, 1))
        throw new InputError(
          `系统时间是 ${new Date(now).toISOString()}，明显不对：请先校准时间（例如打开 NTP）。`,
        );
      const time = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', timeStyle: 'short' }).format(
        now,
      );
      return `北京时间 ${formatDay(dayOf(now))} ${time}（系统时区 ${Intl.DateTimeFormat().resolvedOptions().timeZone}，统计一律按北京时间）`;
    },
  },
];

const wechat: Check = {
  name: '微信',
  async run({ wechat: account }) {
    if (!account) return '没有打开';
    try {
      import.meta.resolve(account.puppet);
    } catch {
      throw new InputError(
        `没有装 ${account.puppet}：请在程序文件夹里运行 npm ci（或 npm install --save-exact ${account.puppet}）。`,
      );
    }
    return `会用 ${account.puppet} 登录。微信号有被封的风险，见 docs/wechat.md`;
  },
};

export const doctor = defineCommand({
  meta: { name: 'doctor', description: '检查设置、数据库、字体、时钟和数据文件夹，并说明怎么修' },
  run: () =>
    politely(async () => {
      const read = settings();
      let faults = 0;
      for (const check of read.wechat ? [...checks, wechat] : checks) {
        try {
          say(`✓ ${check.name}：${await check.run(read)}`);
        } catch (fault) {
          faults++;
          say(`✗ ${check.name}：${sentence(fault)}`);
        }
      }
      if (faults > 0)
        throw new InputError(`有 ${faults} 项需要处理，处理好后再运行一次 npx lianqing doctor。`);
      say('一切正常。');
    }),
});
