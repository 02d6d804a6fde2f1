/** Feishu as the bot's platform: its settings, and since when it has to be caught up. */
import {
  checkFeishu,
  createFeishu,
  type FeishuAdapter,
  type FeishuOptions,
  type Finding,
} from '../adapters/feishu/feishu.ts';
import type { Database } from '../prisma/database.ts';
import { heardUntil } from '../prisma/store/listening.ts';
import { systemClock } from './clock.ts';
import { createLog, type Log } from './log.ts';
import type { FeishuSettings } from './settings.ts';

function feishuOptions(settings: FeishuSettings, log: Log): FeishuOptions {
  const { webhook } = settings;
  return {
    appId: settings.appId,
    appSecret: settings.appSecret,
    domain: settings.domain,
    mode: webhook ? { kind: 'webhook', ...webhook } : { kind: 'long-connection' },
    now: () => systemClock.now(),
    log,
  };
}

/** Opens the adapter; what was said while the program was down is fetched from where the last run left off. */
export async function openFeishu(
  settings: FeishuSettings,
  database: Database,
  log: Log,
): Promise<FeishuAdapter> {
  return createFeishu({
    ...feishuOptions(settings, log),
    heardUntil: await heardUntil(database.db, 'feishu', settings.appId),
  });
}

/** Tries credentials, scopes, events and connection, for `lianqing feishu check`. Nothing is said in any chat. */
export function tryFeishu(settings: FeishuSettings): Promise<readonly Finding[]> {
  return checkFeishu(feishuOptions(settings, createLog('silent')));
}
