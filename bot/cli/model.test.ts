/** The commands for the shelf and the model, as the person at the terminal meets them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildProgram, startProgram } from '../../tests/support/program.ts';
import { StandInModel } from '../../tests/support/stand-in-model.ts';

let folder = '';
let endpoint: StandInModel;
beforeAll(buildProgram, 240_000);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianqing-cli-'));
  endpoint = await StandInModel.open();
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await endpoint.close();
});

const lianqing = (...args: string[]) => startProgram(folder, args).ended;

it('the shelf is filled, listed and emptied', async () => {
  writeFileSync(join(folder, '书单.txt'), '二十本');
  const words = ['--title', '读书单', '--line', '二十本薄书'];
  const add = (...args: string[]) => lianqing('shelf', 'add', 'https://example.com/film', ...words, ...args);
  expect((await add()).stderr).toContain('还没有登记团组织');
  await lianqing('unit', 'add', '某某大学团委');
  expect((await add()).stdout).toContain('“某某大学团委”书架上的 1 号');
  await lianqing('unit', 'add', '某某学院团委');
  expect((await add()).stderr).toContain('用 --unit 写明');
  words.push('--unit', '某某大学团委');
  expect((await lianqing('shelf', 'add', '书单.txt', ...words)).stdout).toContain('2 号');
  for (const [source, why] of [
    ['没有.txt', '找不到文件'],
    ['http://localhost/x', '不像能打开的网址'],
  ] as const) {
    const refused = await lianqing('shelf', 'add', source, ...words);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(why)]);
  }
  expect((await lianqing('shelf', 'list')).stdout).toMatch(
    /2 {2}读书单 {2}二十本薄书 {2}书单\.txt {2}（某某大学团委）\n1 /,
  );
  expect((await lianqing('shelf', 'remove', '1')).code).toBe(0);
  expect((await lianqing('shelf', 'remove', '1')).stderr).toContain('书架上没有 1 号');
}, 120_000);

it('the model check says what is missing, and prints a table', async () => {
  expect((await lianqing('model', 'check')).stderr).toContain('还没有配置模型');
  endpoint.next = [
    {
      text: JSON.stringify({
        kind: '意见建议',
        field: '其他',
        summary: '大家反映的事主要在生活方面。',
        command: '/进度',
        sentences: [{ part: '做法', text: '有记录的事都写在这里。', records: [1] }],
        topics: [1, 2, 3].map((n) => ({
          title: `话题${n}`,
          text: '今天有什么高兴的小事？',
          followUp: '后来怎么样了？',
        })),
      }),
    },
  ];
  const env = { OPENAI_BASE_URL: endpoint.url, OPENAI_MODEL: 'stand-in' };
  const good = await startProgram(folder, ['model', 'check'], { env }).ended;
  expect([good.code, good.stderr]).toEqual([0, '']);
  expect(good.stdout).toMatch(/听懂大白话 +3 +3 +1 +300 +\d+/);
  endpoint.next = ['401'];
  const refused = await startProgram(folder, ['model', 'check'], { env }).ended;
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/拟话题：接口不接受.*401 a fault/);
  expect(refused.stderr).toMatch(/密钥.*网址.*模型名/);
  endpoint.next = ['page'];
  const page = await startProgram(folder, ['model', 'check'], { env }).ended;
  expect([page.code, page.stderr]).toEqual([1, expect.stringContaining('/v1')]);
  const unnamed = await startProgram(folder, ['model', 'check'], { env: { OPENAI_API_KEY: 'k' } }).ended;
  expect(unnamed.stderr).toContain('OPENAI_MODEL');
}, 120_000);
