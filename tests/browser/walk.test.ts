/** The product as its users meet it: a real Chromium, the real bot, the sandbox page; one cadre and three youths. */
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
  /** A Tuesday morning in Asia/Shanghai; it only moves when somebody moves the page's clock. */
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
  const stop = async () => {
    await bot.stop();
    await database.close();
  };

  beforeAll(async () => {
    browser = await launchBrowser();
    dataDir = await mkdtemp(join(tmpdir(), 'lianqing-walk-'));
    await start();
  });
  afterAll(async () => {
    await browser.close();
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const visit = async (as: string, chat: 'group' | 'private'): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(15_000);
    await page.goto(`${url}#as=${as}&chat=${chat}`);
    await page.waitForSelector('body.ready');
    return page;
  };
  const says = async (page: Page, text: string) => {
    await page.locator('#input').fill(text);
    await page.locator('#input').press('Enter');
  };
  /** Waits until the conversation shows a text. */
  const sees = async (page: Page, text: string) => {
    const message = page.locator('.message', { hasText: text }).last();
    await message.waitFor({ state: 'visible' }).catch(async () => {
      const shown = await page.locator('.message').allInnerTexts();
      throw new Error(`“${text}” is not among: ${shown.slice(-3).join(' ‖ ')}`);
    });
    return (await message.textContent()) ?? '';
  };

  it('goes from the binding to the picture of a month', async () => {
    const cadre = await visit('cadre', 'group');
    await sees(cadre, '大家好，我是联青');
    await cadre.locator('#steps').getByRole('button', { name: /绑定/ }).click();
    await expect.poll(() => cadre.locator('#input').inputValue()).toMatch(/^\/绑定 \w{4}-\w{4}$/);
    await cadre.locator('#input').press('Enter');
    await sees(cadre, '绑定好了');
    await says(cadre, '/亮身份');
    await sees(cadre, '共青团示例学院委员会 张晓');

    // A topic, and three ways of taking part in it.
    await says(cadre, '/话题 发布 图书馆几点最挤？');
    await sees(cadre, '话题1｜图书馆几点最挤？');
    const [zhao, ma, cao] = [
      await visit('youth-006', 'group'),
      await visit('youth-012', 'group'),
      await visit('youth-030', 'group'),
    ];
    await says(zhao, '下午三点以后基本没座位 #话题1');
    await says(ma, '我一般都是晚上去');
    await cao.getByRole('button', { name: '我来说', exact: true }).click();
    await says(cadre, '那我去跟馆里反映一下，看能不能延长开放');
    await sees(cao, '延长开放');

    // A demand in the group, answered privately.
    await says(cao, '/诉求 宿舍热水晚上十点就停了');
    await sees(cao, '记为第 1 号诉求');
    const office = await visit('cadre', 'private');
    await says(office, '/问题清单');
    await sees(office, '宿舍热水晚上十点就停了');
    await says(office, '/问题清单 受理 1');
    await sees(office, '第 1 号诉求已受理');
    const caoAlone = await visit('youth-030', 'private');
    await sees(caoAlone, '第 1 号诉求已受理');

    // A restart in the middle of it all.
    await stop();
    await start();
    const pages = await Promise.all([
      visit('cadre', 'group'),
      visit('cadre', 'private'),
      visit('youth-030', 'private'),
      visit('youth-006', 'group'),
    ]);
    const [cadreAgain, officeAgain, caoAgain, zhaoAgain] = pages as [Page, Page, Page, Page];
    await sees(cadreAgain, '那我去跟馆里反映一下');
    await says(officeAgain, '/问题清单 办结 1 后勤处答复：下周起延长到十一点');
    await sees(officeAgain, '第 1 号诉求的答复已私下发给对方，等对方确认');
    await sees(caoAgain, '后勤处答复：下周起延长到十一点');

    // An activity this afternoon, with check-ins in its hours.
    await says(cadreAgain, '/活动 发布 今天下午2点-4点 操场 飞盘局');
    await sees(cadreAgain, '3月9日（周二）14:00-16:00');
    await says(cadreAgain, '是');
    await sees(cadreAgain, '活动1');
    await says(zhaoAgain, '/签到 1234');
    await sees(zhaoAgain, '还没开始签到');
    expect(await database.db.checkIn.count()).toBe(0);
    now = Date.parse('2027-03-09T14:10:00+08:00');
    await says(officeAgain, '/活动 签到码 1');
    const [code] = /(?<!\d)\d{4}(?!\d)/.exec(await sees(officeAgain, '抄走也没用')) ?? [];
    await says(zhaoAgain, `/签到 ${code}`);
    await expect.poll(() => database.db.checkIn.count()).toBe(1);
    await says(caoAgain, `/签到 ${code}`);
    await expect.poll(() => database.db.checkIn.count()).toBe(2);
    await says(zhaoAgain, `/签到 ${code}`);
    now = Date.parse('2027-03-09T16:05:00+08:00');
    await says(officeAgain, '/活动 结束 1 十几个人玩得很开心，下次早点约场地');
    await sees(officeAgain, '2 人');
    expect(await database.db.checkIn.count()).toBe(2);

    // The next evening, nobody having said a word: the clock of the page is moved, the digest comes.
    now = Date.parse('2027-03-10T09:00:00+08:00');
    await cadreAgain.reload();
    await cadreAgain.waitForSelector('body.ready');
    await cadreAgain.locator('#moves').getByRole('button', { name: /今晚/ }).click();
    await sees(officeAgain, '今晚的小提醒');
    // Nobody has told the program the holidays of 2027 yet.
    expect(await database.db.reminder.findMany({ select: { key: true }, orderBy: { key: 'asc' } })).toEqual([
      { key: 'notice/holidays/1/2027-03-10' },
      { key: 'reminder/voice/1/1/2027-03-10/evening' },
    ]);
    await bot.tick();
    expect(await database.db.outbox.count({ where: { kind: 'reminder' } })).toBe(1);

    // The picture, and the same in words.
    await says(officeAgain, '/进度');
    const picture = officeAgain.locator('.message img').last();
    await picture.waitFor();
    await expect
      .poll(() => officeAgain.evaluate("[...document.querySelectorAll('.message img')].at(-1).naturalWidth"))
      .toBe(900);
    expect(await picture.getAttribute('alt')).toContain(
      '话题“图书馆几点最挤？”：明确参与 2 人，推测参与 1 人',
    );
    await says(officeAgain, '/进度 文字');
    await sees(officeAgain, '有声音 1 天：9 日');
    await sees(officeAgain, '已见 2 人，共 100 人');
    if (process.env.SHOTS) await officeAgain.screenshot({ path: join(process.env.SHOTS, 'walk.png') });
  }, 120_000);
});
