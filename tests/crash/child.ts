/** The bot as it is, on a stand-in platform that is its parent process. Started by fork, killed at any moment. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Adapter, type Content, SendError, type Sink } from '../../adapters/adapter.ts';
import { startBot } from '../../bot/bot.ts';
import { createLog } from '../../bot/log.ts';
import { secretOf } from '../../bot/secret.ts';
import { openDatabase } from '../../prisma/database.ts';
import { account, type FromBot, type ToBot } from './talk.ts';

const tell = (message: FromBot) => process.send?.(message);
const waiting = new Map<number, (outcome: 'sent' | 'retry') => void>();
let [sends, unsettled, deaf] = [0, 0, false];
let sink: Sink | undefined;

function readable(content: Content): string {
  if (content.type === 'card') return `${content.title}\n${content.text}`;
  return content.type === 'text' ? content.text : content.type;
}

const standIn = (removesDuplicates: boolean): Adapter => ({
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
    deduplicatesSends: removesDuplicates,
    textLimit: 10_000,
    paceMs: 0,
  },
  async start(accept) {
    sink = accept;
  },
  async stopHearing() {
    deaf = true;
    while (unsettled > 0) await pause(1);
  },
  async stop() {},
  async send(chat, content, { key }) {
    const send = sends++;
    const outcome = new Promise<'sent' | 'retry'>((resolve) => waiting.set(send, resolve));
    tell({ type: 'send', send, key, chat: `${chat.kind}:${chat.id}`, text: readable(content) });
    if ((await outcome) === 'retry') throw new SendError('retry', 'too busy', 5);
    return { messageId: key };
  },
  members: async () => [],
});

process.on('message', async (message: ToBot) => {
  if (message.type === 'go') await work(message);
  else if (message.type === 'took') waiting.get(message.send)?.(message.outcome);
  else if (sink && !deaf) {
    unsettled++;
    const taken = await sink(message.event).then(
      () => true,
      () => false,
    );
    unsettled--;
    tell({ type: 'settled', delivery: message.delivery, taken });
  }
});

async function work({ databaseUrl, removesDuplicates, now }: ToBot & { readonly type: 'go' }): Promise<void> {
  const ahead = now - Date.now();
  const database = await openDatabase(databaseUrl);
  const bot = await startBot({
    database,
    adapter: standIn(removesDuplicates),
    clock: { now: () => Date.now() + ahead },
    secret: secretOf('a key for tests that protects nothing'),
    log: createLog('fatal'),
  });
  process.on('SIGTERM', async () => {
    await bot.stop();
    await database.close();
    // What was told before must have left this process.
    process.send?.({ type: 'ended' } satisfies FromBot, undefined, {}, () => process.exit(0));
  });
  tell({ type: 'listening' });
}

// Without its parent it would be left over.
process.on('disconnect', () => process.exit(1));

tell({ type: 'loaded' });
