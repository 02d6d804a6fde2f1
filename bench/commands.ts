/** Commands from end to end: heard, done, answered and said, on a platform that takes everything at once. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter, Sink } from '../adapters/adapter.ts';
import { startBot } from '../bot/bot.ts';
import { createLog } from '../bot/log.ts';
import { keepHeapSmall } from '../bot/memory.ts';
import { secretOf } from '../bot/secret.ts';
import { openDatabase } from '../prisma/database.ts';
import { bindGroups } from '../tests/support/bound-groups.ts';

const groupCount = 100;
const inFlight = 64;

export interface CommandsResult {
  readonly seconds: number;
  /** Messages that the platform received: each demand is answered, and told to the cadre. */
  readonly said: number;
}

/** So many demands (`/诉求`) from a hundred groups. Throws when one was lost or done twice. */
export async function runCommands(commands: number): Promise<CommandsResult> {
  keepHeapSmall();
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-bench-'));
  const database = await openDatabase(`file:${join(folder, 'bench.db')}`);
  const groups = Array.from({ length: groupCount }, (_, g) => ({ group: `group${g}`, cadre: `cadre${g}` }));
  const now = Date.UTC(2026, 2, 4, 2);
  await bindGroups(database, account, groups, now - 86_400_000);
  let said = 0;
  let sink: Sink = async () => {};
  const adapter: Adapter = {
    platform: account.platform,
    account: account.name,
    abilities: {
      cards: true,
      quoting: true,
      files: true,
      memberLists: false,
      stableIds: true,
      hears: 'all',
      updates: false,
      deduplicatesSends: false,
      textLimit: 10_000,
      paceMs: 0,
    },
    start: async (accept) => {
      sink = accept;
    },
    stopHearing: async () => {},
    stop: async () => {},
    send: async () => {
      said++;
      return {};
    },
    members: async () => [],
  };
  const bot = await startBot({
    database,
    adapter,
    clock: { now: () => now },
    secret: secretOf('a key for measuring that protects nothing'),
    jobs: [],
    log: createLog('fatal'),
  });
  try {
    const started = performance.now();
    let next = 0;
    const speak = async () => {
      for (let n = next++; n < commands; n = next++)
        await sink({
          type: 'message',
          id: `m${n}`,
          at: now,
          chat: { kind: 'group', id: `group${n % groupCount}` },
          sender: { id: `youth${n % 1_000}`, name: `小${n % 1_000}` },
          kind: 'text',
          text: `/诉求 楼道第 ${n} 盏灯不亮`,
          mentions: [],
          mentionsBot: false,
        });
    };
    await Promise.all(Array.from({ length: inFlight }, speak));
    await bot.idle();
    const seconds = (performance.now() - started) / 1000;
    const kept = await database.db.demand.count();
    if (kept !== commands || said !== commands * 2) throw new Error(`${kept} demands, ${said} said`);
    return { seconds, said };
  } finally {
    await bot.stop();
    await database.close();
    rmSync(folder, { recursive: true });
  }
}

const account = { platform: 'bench', name: 'bench' };
