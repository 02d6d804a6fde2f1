/** WeChat as the bot's platform: its settings, its page, and how the operator hears of a code to scan. */
import { join } from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import { pictureOf, servePage } from '../adapters/wechat/page.tsx';
import { texts } from '../adapters/wechat/sentences.ts';
import { createWechat, type WechatAdapter } from '../adapters/wechat/wechat.ts';
import type { Database } from '../prisma/database.ts';
import { backlogOf } from '../prisma/store/outbox.ts';
import { systemClock } from './clock.ts';
import type { Log } from './log.ts';
import { OperatorLine } from './operator.ts';
import type { Settings, WechatSettings } from './settings.ts';

/**
 * Opens the adapter with its page. What the operator has to know comes by `say`, on the page, by their webhook, and
 * privately on another account; `said` is called when something lies in that one's outbox.
 */
export async function openWechat(
  settings: Pick<Settings, 'dataDir' | 'port' | 'operatorWebhook'>,
  wechat: WechatSettings,
  database: Database,
  log: Log,
  say: (line: string) => void,
  said: () => void,
): Promise<WechatAdapter & { readonly url: string }> {
  for (const line of texts.risk) say(line);
  let shown: string | undefined;
  const adapter = createWechat({
    account: wechat.account,
    folder: join(settings.dataDir, 'wechat', wechat.account),
    puppet: wechat.puppet,
    puppetOptions: wechat.puppetOptions,
    pace: wechat.pace,
    reminders: wechat.reminders,
    now: () => systemClock.now(),
    log,
    onScan(link, scanned) {
      if (scanned) say(texts.scanned);
      else if (link !== shown) {
        shown = link;
        say(`\n${texts.waiting}\n${renderUnicodeCompact(link)}`);
        const picture = pictureOf(link);
        say(`网页上看：${page.url}${picture === undefined ? '' : `\n远程的人可以打开：${picture}`}`);
      }
    },
    onNotice(notice) {
      say(notice.text);
      operator.tell(notice, page.url);
    },
  });
  const operator = new OperatorLine({
    database,
    platform: adapter.platform,
    account: adapter.account,
    webhook: settings.operatorWebhook,
    now: () => systemClock.now(),
    log,
    said,
  });
  const page = await servePage(
    settings.port,
    async () => ({
      ...adapter.status(),
      backlog: await backlogOf(database.db, adapter.platform, adapter.account),
    }),
    texts.risk,
    () => systemClock.now(),
  );
  return {
    ...adapter,
    url: page.url,
    async stop() {
      operator.stop();
      await adapter.stop();
      await page.close();
    },
  };
}
