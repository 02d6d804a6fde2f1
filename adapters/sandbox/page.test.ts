import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../tests/support/browser.ts';
import type { PlatformEvent } from '../adapter.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

const group = { kind: 'group', id: 'group' } as const;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNg+M/wHwAEAQH/cJcDCQAAAABJRU5ErkJggg==',
  'base64',
);

describe('the sandbox page in Chromium', () => {
  let browser: Browser;
  let dataDir: string;
  let sandbox: Sandbox;
  let clock: number;
  let events: PlatformEvent[];
  let pages: Page[];
  /** Everything the page asked for that is not the sandbox, and every complaint of the browser. */
  let faults: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  /** A bot that echoes commands and presses, and reminds the cadre when the clock moves. */
  const openSandbox = async (port = 0): Promise<void> => {
    sandbox = await createSandbox({
      dataDir,
      port,
      now: () => clock,
      log: silent,
      async advance(to, heard) {
        clock = to;
        await heard();
        const reminder = { type: 'text', text: '今晚还没有声音' } as const;
        await sandbox.send({ kind: 'private', id: 'cadre' }, reminder, { key: `reminder ${to}` });
      },
      hint: () => ({ title: '第一步', steps: [{ text: '先绑定', say: '/绑定 TEST-0001', as: 'cadre' }] }),
    });
    await sandbox.start(async (event) => {
      events.push(event);
      if (event.type === 'message' && event.text.startsWith('/')) {
        await sandbox.send(
          event.chat,
          { type: 'text', text: `办好了 ${event.text}` },
          { key: event.id, quote: event.id },
        );
      }
      if (event.type === 'press') {
        const text = `收到 ${event.command} ${Object.values(event.values).join('、')}`;
        await sandbox.send(event.chat, { type: 'text', text }, { key: event.id });
      }
    });
  };

  const visit = async (hash = '', width = 1280, height = 800): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height } });
    pages.push(page);
    page.on('request', (request) => {
      if (!request.url().startsWith(sandbox.url)) faults.push(request.url());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('ERR_')) faults.push(message.text());
    });
    await page.goto(sandbox.url + hash);
    await page.waitForSelector('body.ready');
    return page;
  };
  const messages = () => events.filter((event) => event.type === 'message');

  beforeEach(async () => {
    clock = Date.parse('2026-09-18T15:20:00+08:00');
    events = [];
    pages = [];
    faults = [];
    dataDir = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
    await openSandbox();
  });

  afterEach(async () => {
    for (const page of pages) await page.close();
    await sandbox.stop();
    await rm(dataDir, { recursive: true, force: true });
    expect(faults).toEqual([]);
  });

  it('lets two people talk: writing, mentioning with the picker, quoting', async () => {
    const cadre = await visit();
    const youth = await visit('#as=youth-006');
    expect(await cadre.locator('#who-name').textContent()).toBe('张晓（团干部）');
    await cadre.locator('#input').pressSequentially('第一行');
    await cadre.locator('#input').press('Shift+Enter');
    await cadre.locator('#input').pressSequentially('@㛃');
    await cadre.getByRole('option', { name: '赵㛃' }).waitFor();
    await cadre.locator('#input').press('Enter');
    expect(await cadre.locator('#input').inputValue()).toBe('第一行\n@赵㛃 ');
    expect(messages()).toHaveLength(0);
    await cadre.locator('#input').press('Enter');

    const bubble = youth.locator('.bubble.for-me');
    await bubble.waitFor();
    expect(await bubble.textContent()).toBe('第一行\n@赵㛃 ');
    await youth.locator('.message').hover();
    await youth.getByRole('button', { name: '引用 张晓 的消息' }).click();
    await youth.locator('#input').fill('收到啦');
    await youth.getByRole('button', { name: '发送' }).click();
    await cadre.locator('.message.other .quoted').waitFor();
    expect(await cadre.locator('.quoted').textContent()).toContain('张晓：第一行');
    expect(messages()).toMatchObject([
      { sender: { id: 'cadre' }, mentions: ['youth-006'] },
      { sender: { id: 'youth-006' }, text: '收到啦', quotes: { sender: 'cadre' } },
    ]);
  });

  it('does not send while an input method composes', async () => {
    const page = await visit();
    await page.locator('#input').fill('nihao');
    await page.evaluate(`
      document.getElementById('input').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, isComposing: true }),
      )`);
    await page.locator('#input').press('End');
    expect(await page.locator('#input').inputValue()).toBe('nihao');
    await page.locator('#input').press('Enter');
    await page.locator('.bubble').waitFor();
    expect(await page.locator('.bubble').count()).toBe(1);
  });

  it('presses a card’s button and sends its form', async () => {
    const page = await visit('#as=youth-001');
    await sandbox.send(
      group,
      {
        type: 'card',
        title: '登记诉求',
        text: '只有团干部看得到',
        fields: [{ label: '截止', value: '周五' }],
        buttons: [{ label: '先看看', command: '/看' }],
        form: {
          command: '/诉求',
          submit: '提交',
          fields: [
            { name: 'kind', label: '类别', options: ['学习', '生活'] },
            { name: 'what', label: '内容', multiline: true },
          ],
        },
      },
      { key: 'card' },
    );
    await page.getByRole('region', { name: '登记诉求' }).waitFor();
    await page.getByRole('button', { name: '先看看' }).click();
    await page.locator('.bubble', { hasText: '收到 /看' }).waitFor();
    await page.getByLabel('类别').selectOption('生活');
    await page.getByLabel('内容').fill('热水太早停');
    await page.getByRole('button', { name: '提交' }).click();
    await page.locator('.bubble', { hasText: '收到 /诉求 生活、热水太早停' }).waitFor();
  });

  it('shows what anybody wrote as text, whatever it looks like', async () => {
    const page = await visit();
    const hostile = '<img src=x onerror="document.title=1"><script>1</script>&lt;b&gt;';
    await page.locator('#input').fill(hostile);
    await page.locator('#input').press('Enter');
    await page.locator('.bubble').waitFor();
    expect(await page.locator('.bubble').textContent()).toBe(hostile);
    await page.getByLabel('添加一位同学').fill('\u202e坏\u0007名<b>');
    await page.getByRole('button', { name: '入群', exact: true }).click();
    await page.getByText('坏名<b> 加入了群聊').first().waitFor();
    expect(await page.locator('.bubble img, .line b').count()).toBe(0);
  });

  it('sends a picture and opens one of the bot’s with its words', async () => {
    const page = await visit();
    await page.locator('#image').setInputFiles({ name: '照片.png', mimeType: 'image/png', buffer: png });
    await page.locator('.own .picture img').waitFor();
    expect(messages()).toMatchObject([{ kind: 'image', text: '' }]);
    await sandbox.send(
      group,
      { type: 'image', bytes: png, name: '进度.png', alt: '九月有声音十二天' },
      { key: 'p' },
    );
    await page.getByRole('button', { name: '放大图片：九月有声音十二天' }).click();
    const box = page.getByRole('dialog', { name: '图片' });
    await box.getByText('九月有声音十二天').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => box.isVisible()).toBe(false);
    // A text form, however long, is read whole: with the picture, not in a slit of its own.
    const alt = Array.from({ length: 60 }, (_, i) => `第 ${i + 1} 行`).join('\n');
    await sandbox.send(group, { type: 'image', bytes: png, name: '长.png', alt }, { key: 'long' });
    await page.getByRole('button', { name: '放大图片：第 1 行' }).click();
    await box.getByText('第 60 行').scrollIntoViewIfNeeded();
    const words = await page.locator('#lightbox-alt').boundingBox();
    expect(words?.height).toBeGreaterThan(60 * 14);
  });

  it('moves the clock and shows whom the bot wrote to', async () => {
    const page = await visit('#as=youth-001');
    await page.getByRole('button', { name: /^今晚/ }).click();
    await page.getByText('其他人收到的新私聊').waitFor();
    expect(await page.locator('#clock').textContent()).toContain('21:00');
    await page.getByRole('button', { name: /张晓.*1 条新私聊/ }).click();
    await page.locator('.bubble', { hasText: '今晚还没有声音' }).waitFor();
    expect(await page.locator('#who-name').textContent()).toBe('张晓（团干部）');
  });

  it('a first step puts its words into the input of whoever should say them', async () => {
    const page = await visit('#as=youth-001');
    await page.getByRole('button', { name: '填入输入框：/绑定 TEST-0001' }).click();
    await expect.poll(() => page.locator('#input').inputValue()).toBe('/绑定 TEST-0001');
    await page.locator('#input').press('Enter');
    await page.locator('.by-bot .bubble', { hasText: '办好了 /绑定 TEST-0001' }).waitFor();
    expect(messages()).toMatchObject([{ sender: { id: 'cadre' } }]);
  });

  it('keeps the conversation over reload and restart, and misses nothing meanwhile', async () => {
    const page = await visit();
    await page.locator('#input').fill('重启之前');
    await page.locator('#input').press('Enter');
    await page.locator('.own .bubble').waitFor();
    await page.reload();
    await page.locator('.own .bubble', { hasText: '重启之前' }).waitFor();
    const port = Number(new URL(sandbox.url).port);
    await sandbox.stop();
    await openSandbox(port);
    await sandbox.send(group, { type: 'text', text: '我回来了' }, { key: 'back' });
    await page.locator('.by-bot .bubble', { hasText: '我回来了' }).waitFor();
    expect(await page.locator('.bubble').count()).toBe(2);
  });

  it('fits a phone: one column, drawers that keyboard and finger can close', async () => {
    const page = await visit('#as=youth-071', 375, 812);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    expect(await page.locator('#left').evaluate((node) => (node as { inert?: boolean }).inert)).toBe(true);
    await page.getByRole('button', { name: '打开会话列表' }).click();
    await page.getByRole('button', { name: /换一个人/ }).click();
    await page.getByLabel('搜索姓名或编号').fill('欧阳');
    await page.getByRole('button', { name: '欧阳明月 编号' }).click();
    await page.getByText('你是 欧阳明月').waitFor();
    await page.getByRole('button', { name: '打开时钟、第一步与群成员' }).click();
    await page.getByRole('heading', { name: '群成员' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('#scrim').isVisible()).toBe(false);
    await page.locator('#input').fill('手机也行');
    await page.getByRole('button', { name: '发送' }).click();
    await page.locator('.own .bubble').waitFor();
    expect(messages()).toMatchObject([{ sender: { name: '欧阳明月' }, text: '手机也行' }]);
  });

  it('follows the system’s dark colours and brings its own Chinese font', async () => {
    const page = await visit();
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await paper();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await paper()).not.toBe(light);
    await page.evaluate('document.fonts.ready');
    expect(await page.evaluate('document.fonts.check(\'15px "Noto Sans SC"\', "㛃喆")')).toBe(true);
  });
});
