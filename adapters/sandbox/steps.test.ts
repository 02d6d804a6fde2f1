import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser } from '../../tests/support/browser.ts';
import type { Hint } from './hint.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const steps: Hint['steps'] = [
  { text: '亮明身份', say: '/亮身份', as: 'cadre', where: 'group' },
  { text: '提一条诉求', say: '/诉求 热水太早停', as: 'youth', where: 'group' },
  { text: '看看能做什么', say: '/帮助', as: 'cadre', where: 'private' },
];

let browser: Browser;
let dataDir: string;
let sandbox: Sandbox;
let hint: () => Promise<Hint>;
beforeAll(async () => {
  browser = await launchBrowser();
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-steps-'));
  const now = () => Date.parse('2026-09-18T15:20:00+08:00');
  sandbox = await createSandbox({
    dataDir,
    port: 0,
    now,
    log: silent,
    advance: async () => {},
    hint: () => hint(),
  });
  await sandbox.start(async () => {});
});
afterAll(async () => {
  await browser.close();
  await sandbox.stop();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(() => {
  hint = async () => ({ title: '先来三步', steps });
});

const visit = async (): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(sandbox.url);
  await page.waitForSelector('body.ready');
  return page;
};

it('the first steps that come late move nothing below them', async () => {
  let release = (_: Hint) => {};
  const late = new Promise<Hint>((resolve) => {
    release = resolve;
  });
  hint = () => late;
  const page = await visit();
  await page.locator('#moves button').first().waitFor();
  const before = await page.locator('#moves').boundingBox();
  release({ title: '先来三步', steps });
  await page.getByRole('heading', { name: '先来三步' }).waitFor();
  expect(await page.locator('#moves').boundingBox()).toEqual(before);
  await page.close();
});

it('a step plays whoever is the cadre now, and a youth who is not', async () => {
  const page = await visit();
  const plays = async (step: string, name: string, text: string) => {
    await page.locator('#steps').getByRole('button', { name: step }).click();
    await expect.poll(() => page.locator('#input').inputValue()).toBe(text);
    expect(await page.locator('#who-name').textContent()).toContain(name);
  };
  await plays('/亮身份', '张晓', '/亮身份');
  hint = async () => ({ title: '接着试试', cadre: 'youth-001', steps });
  await page.reload();
  await page.getByRole('heading', { name: '接着试试' }).waitFor();
  await plays('/亮身份', '王梓涵', '/亮身份');
  await plays('/诉求', '李思远', '/诉求 热水太早停');
  await page.close();
});

it('without steps there is no panel', async () => {
  hint = async () => ({ title: '', steps: [] });
  const page = await visit();
  await page.locator('#steps-panel').waitFor({ state: 'hidden' });
  await page.close();
});
