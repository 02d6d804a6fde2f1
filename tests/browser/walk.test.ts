import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../../bot/bot.ts';
import { silentLog } from '../../bot/log.ts';
import { openSandbox } from '../../bot/sandbox.ts';
import { secretOf } from '../../bot/secret.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { launchBrowser } from '../support/browser.ts';

describe('a cadre and three youths in the sandbox', () => {
  let browser: Browser;
  let dataDir: string;
  let database: Database;
  let bot: Bot;
  let url: string;
  /** A Tuesday. */
  let now = Date.parse('2027-03-09T10:00:00+08:00');
  const clock = {
    now: () => now,
    moveTo: async (at: number) => {
      now = at;
    },
  };

  const start = async () => {
    database = await openDatabase(`file:${join(dataDir, 'lianqing.db')}`);
    const secret = secretOf('k'.repeat(32));
    const sandbox = await openSandbox({
      settings: { dataDir, port: 0 },
      database,
      clock,
      secret,
      log: silentLog,
      tick: () => bot.tick(),
    });
    bot = await startBot({ database, adapter: sandbox, clock, secret, log: silentLog });
    url = sandbox.url;
  };

  beforeAll(async () => {
    browser = await launchBrowser();
    dataDir = await mkdtemp(join(tmpdir(), 'lianqing-walk-'));
    await start();
  });
  afterAll(async () => {
    await browser.close();
    await bot.stop();
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const visit = async (as: string, chat: 'group' | 'private'): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${url}#as=${as}&chat=${chat}`);
    await page.waitForSelector('body.ready');
    return page;
  };
  const says = async (page: Page, text: string) => {
    await page.locator('#input').fill(text);
    await page.locator('#input').press('Enter');
    await bot.idle();
    await page.waitForTimeout(300);
    const all = await page.locator('.message').allInnerTexts();
    console.log(`> ${text}\n${all.slice(-2).join('\n--\n')}\n=====`);
  };

  it('plays through', async () => {
    const cadre = await visit('cadre', 'group');
    await cadre.locator('#steps').getByRole('button', { name: /绑定/ }).click();
    await expect.poll(() => cadre.locator('#input').inputValue()).toMatch(/^\/绑定 \w{4}-\w{4}$/);
    await cadre.locator('#input').press('Enter');
    await cadre.waitForTimeout(500);
    await bot.idle();
    await cadre.waitForTimeout(500);
    console.log(await cadre.locator('.message').allInnerTexts());
    const priv = await visit('cadre', 'private');
    await says(cadre, '/亮身份');
    await says(cadre, '/话题 推荐');
    await says(cadre, '/话题 发布 图书馆几点最挤？');
    const youths = [await visit('youth-006', 'group'), await visit('youth-012', 'group'), await visit('youth-030', 'group')];
    await says(youths[0]!, '下午三点以后基本没座位 #话题1');
    await says(youths[1]!, '我都晚上去');
    await says(cadre, '那我去跟馆里反映一下延长开放');
    await says(youths[2]!, '/诉求 宿舍热水晚上十点就停了');
    await says(priv, '/问题清单');
    await says(priv, '/问题清单 受理 1');
    await says(priv, '/问题清单 办结 1 后勤处答复：下周起延长到十一点');
    const own = await visit('youth-030', 'private');
    console.log('own', await own.locator('.message').allInnerTexts());
    await says(cadre, '/活动 发布 今天下午2点-4点 操场 飞盘局');
    await says(cadre, '是');
    await says(priv, '/活动 签到码 1');
    await cadre.screenshot({ path: '/tmp/shots/walk-cadre.png' });
    await priv.screenshot({ path: '/tmp/shots/walk-priv.png' });
    await says(priv, '/进度');
    await priv.screenshot({ path: '/tmp/shots/walk-progress.png' });
    await says(priv, '/进度 文字');
    await cadre.getByRole('button', { name: /今晚/ }).first().click();
    await bot.idle();
    await cadre.waitForTimeout(800);
    console.log('priv', (await priv.locator('.message').allInnerTexts()).slice(-3));
    await says(priv, '/提醒');
    await says(own, '/帮助');
    await says(priv, '/帮助');
    await says(priv, '/帮助 话题');
    await says(priv, '/帮组');
    await says(priv, '你好');
    await priv.screenshot({ path: '/tmp/shots/walk-end.png' });
    expect(1).toBe(1);
  }, 120_000);
});
