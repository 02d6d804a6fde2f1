/** Feishu as the bot's platform: its settings, and since when it has to be caught up. */
import type { Notice } from '../adapters/adapter.ts';
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
import type { OperatorLine } from './operator.ts';
import type { Platform } from './platform.ts';
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

/**
 * Opens the adapter; what was said while the program was down is fetched from where the last run left off. Throws for
 * settings that cannot be. `heard`: Feishu is out of reach, or back.
 */
export async function feishuPlatform(
  settings: FeishuSettings,
  {
    database,
    log,
    operator,
    heard,
  }: {
    readonly database: Database;
    readonly log: Log;
    readonly operator: OperatorLine;
    readonly heard: (notice: Notice) => void;
  },
): Promise<Platform> {
  const { appId, webhook } = settings;
  const make = async (): Promise<FeishuAdapter> =>
    createFeishu({
      ...feishuOptions(settings, log),
      heardUntil: await heardUntil(database.db, 'feishu', appId),
      onNotice(notice) {
        heard(notice);
        operator.tell(notice);
      },
    });
  let first: FeishuAdapter | undefined = await make();
  let adapter = first;
  return {
    name: '飞书',
    async open() {
      adapter = first ?? (await make());
      first = undefined;
      return adapter;
    },
    greeting: () => [
      `联青已经启动，已连上飞书应用 ${appId}${webhook ? `，在 ${webhook.host}:${adapter.port}${webhook.path} 接收事件` : ''}。`,
      '把机器人拉进群，它会自我介绍。',
    ],
    tell: (notice) => operator.tell(notice),
  };
}

/** Tries credentials, scopes, events and connection, for `lianqing feishu check`. Nothing is said in any chat. */
export function tryFeishu(settings: FeishuSettings): Promise<readonly Finding[]> {
  return checkFeishu(feishuOptions(settings, createLog('silent')));
}
