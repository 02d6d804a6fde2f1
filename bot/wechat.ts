/** WeChat as the bot's platform: its settings, its page, and how the operator hears of a code to scan. */
import { join } from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import { pictureOf, servePage } from '../adapters/wechat/page.tsx';
import { texts } from '../adapters/wechat/sentences.ts';
import { createWechat } from '../adapters/wechat/wechat.ts';
import type { Database } from '../prisma/database.ts';
import { backlogOf } from '../prisma/store/outbox.ts';
import { systemClock } from './clock.ts';
import type { Log } from './log.ts';
import type { OperatorLine } from './operator.ts';
import type { Platform } from './platform.ts';
import type { Settings, WechatSettings } from './settings.ts';

/**
 * Opens the adapter with its page. What the operator has to know comes by `say`, on the page, by their webhook, and
 * privately on another account. `beside`: what is wrong with what else runs in this program.
 */
export function wechatPlatform(
  settings: Pick<Settings, 'dataDir' | 'port'>,
  wechat: WechatSettings,
  {
    database,
    log,
    operator,
    say,
    beside,
  }: {
    readonly database: Database;
    readonly log: Log;
    readonly operator: OperatorLine;
    readonly say: (line: string) => void;
    readonly beside: () => readonly string[];
  },
): Platform {
  for (const line of texts.risk) say(line);
  let url: string | undefined;
  return {
    name: '微信',
    async open() {
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
      const page = await servePage(
        settings.port,
        async () => ({
          ...adapter.status(),
          backlog: await backlogOf(database.db, adapter.platform, adapter.account),
          beside: beside(),
        }),
        texts.risk,
        () => systemClock.now(),
      );
      url = page.url;
      return {
        ...adapter,
        async stop() {
          operator.stop();
          await adapter.stop();
          await page.close();
        },
      };
    },
    greeting: () => [
      `联青已经启动，微信的登录状态和二维码在：${url}`,
      '登录之后，把机器人的微信拉进群，再请团干部在群里发 /绑定。',
    ],
    tell: (notice) => operator.tell(notice, url),
  };
}
