import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FakeFeishu } from '../../tests/feishu/server.ts';
import { checkFeishu, type Finding } from './feishu.ts';
import { requiredCallback, requiredEvents, requiredScopes, selfScope } from './requirements.ts';
import { optionsOn, school, webhookMode } from './testing.ts';

let feishu: FakeFeishu;
beforeEach(async () => {
  feishu = await school();
});
afterEach(() => feishu.stop());

const wrong = (findings: readonly Finding[]) => findings.filter(({ ok }) => ok === false);

it('finds nothing wrong with an app that is set up', async () => {
  const findings = await checkFeishu(optionsOn(feishu));
  expect(wrong(findings)).toEqual([]);
  expect(findings.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['应用凭证', '机器人能力', '事件与回调', '长连接']),
  );
  expect(feishu.sent('oc_one')).toEqual([]);
  await feishu.until(() => feishu.connections.count === 0);
});

it('stops at credentials that Feishu does not know', async () => {
  const findings = await checkFeishu({ ...optionsOn(feishu), appSecret: 'wrong' });
  expect(findings).toEqual([
    {
      name: '应用凭证',
      ok: false,
      found: '飞书返回错误 10014',
      advice: expect.stringContaining('App Secret 不对'),
    },
  ]);
  expect(await checkFeishu({ ...optionsOn(feishu), appId: 'abc' })).toMatchObject([
    { name: '设置', ok: false },
  ]);
});

it('says which scopes and events are missing, why they are needed and where to click', async () => {
  feishu.app.scopes.delete('im:message.group_msg');
  feishu.app.events.delete('card.action.trigger');
  feishu.app.events.delete('im.chat.member.bot.added_v1');
  const findings = wrong(await checkFeishu(optionsOn(feishu)));
  expect(findings).toHaveLength(2);
  expect(findings[0]).toMatchObject({
    found: '没有开通 im:message.group_msg',
    advice: expect.stringMatching(/用处：.*权限管理.*创建版本并发布/),
  });
  expect(findings[1]?.found).toBe(
    '还没有订阅：机器人进群（im.chat.member.bot.added_v1）、卡片回传交互（card.action.trigger）',
  );
});

it('tells a missing bot ability, a hidden subscription and a refused connection', async () => {
  feishu.app.botEnabled = false;
  feishu.app.scopes.delete('application:application:self_manage');
  feishu.connections.refusal = { code: 1000040350, msg: 'too many' };
  const options = optionsOn(feishu);
  feishu.connections.refusal = { code: 514, msg: 'auth' };
  const findings = await checkFeishu(options);
  expect(findings).toContainEqual({
    name: '机器人能力',
    ok: false,
    found: '飞书返回错误 11205',
    advice: expect.stringContaining('添加“机器人”'),
  });
  expect(findings.find(({ name }) => name === '事件与回调')?.ok).toBeUndefined();
  expect(findings.at(-1)).toMatchObject({
    name: '长连接',
    ok: false,
    advice: expect.stringContaining('App Secret'),
  });
});

it('says when events or callbacks are subscribed to in another way than ours', async () => {
  const findings = await checkFeishu(optionsOn(feishu, { mode: webhookMode(feishu) }));
  expect(wrong(findings)).toEqual([
    {
      name: '事件的订阅方式',
      ok: false,
      found: '飞书那边选的是“使用长连接接收事件”',
      advice: '请到“事件与回调 - 事件配置 - 订阅方式”改选“将事件发送至开发者服务器”，填上公网地址，保存。',
    },
    expect.objectContaining({
      name: '回调的订阅方式',
      advice: expect.stringContaining('“将回调发送至开发者服务器”'),
    }),
  ]);
  expect(findings.at(-1)).toMatchObject({
    name: '接收事件',
    ok: undefined,
    advice: expect.stringContaining('保存请求地址'),
  });
  // The one that is forgotten: the callbacks have a way of their own.
  feishu.app.callbackWay = 'webhook';
  expect(wrong(await checkFeishu(optionsOn(feishu)))).toEqual([
    expect.objectContaining({
      name: '回调的订阅方式',
      advice: expect.stringContaining('使用长连接接收回调'),
    }),
  ]);
});

it.each(requiredScopes)(
  'says when %s is not granted, with none of its kind, and why it is needed',
  async (needed) => {
    for (const scope of needed.scopes) feishu.app.scopes.delete(scope);
    const found = wrong(await checkFeishu(optionsOn(feishu))).map(({ name, advice }) => ({ name, advice }));
    expect(found).toContainEqual({
      name: `权限：${needed.title}`,
      advice: `用处：${needed.why}。请到开发者后台“权限管理”搜索 ${needed.scopes[0]}，点“开通”，再到“版本管理与发布”创建版本并发布。`,
    });
  },
);

it.each([...requiredEvents, requiredCallback])(
  'says when $type is not subscribed to',
  async ({ type, title }) => {
    feishu.app.events.delete(type);
    expect(wrong(await checkFeishu(optionsOn(feishu)))).toMatchObject([
      { name: '事件与回调', found: `还没有订阅：${title}（${type}）` },
    ]);
  },
);

it('says when the bot is not enabled, and what cannot be told', async () => {
  feishu.app.activated = false;
  feishu.faults.fail('/application/v6/scopes', 99991400);
  const findings = await checkFeishu(optionsOn(feishu));
  expect(wrong(findings)).toEqual([
    {
      name: '机器人能力',
      ok: false,
      found: '机器人还没有启用',
      advice: expect.stringContaining('创建版本并发布'),
    },
  ]);
  expect(findings.filter(({ ok }) => ok === undefined)).toMatchObject([
    { name: '权限', advice: expect.stringContaining('照 docs/feishu.md 的表核对') },
  ]);
});

it('an app of Lark’s on Feishu’s address, or the other way about', async () => {
  feishu.connections.refusal = { code: 1000040351, msg: 'Incorrect domain name' };
  expect((await checkFeishu(optionsOn(feishu))).at(-1)).toMatchObject({
    name: '长连接',
    ok: false,
    advice: expect.stringContaining('Lark 建的写 https://open.larksuite.com'),
  });
});

it('docs/feishu.md asks for the same scopes and events', () => {
  const guide = readFileSync(new URL('../../docs/feishu.md', import.meta.url), 'utf8');
  const [, json = '{}'] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];
  const asked = [...requiredScopes.map(({ scopes }) => scopes[0]), selfScope];
  expect(JSON.parse(json)).toEqual({ scopes: { tenant: asked, user: [] } });
  for (const scope of asked) expect(guide).toContain(`| \`${scope}\``);
  for (const { type, title } of requiredEvents) expect(guide).toContain(`| \`${type}\` ${title} |`);
  expect(guide).toContain(`“${requiredCallback.title}”（\`${requiredCallback.type}\`）`);
});

it('says when Feishu cannot be reached', async () => {
  const options = { ...optionsOn(feishu), domain: 'http://127.0.0.1:9' };
  expect(await checkFeishu(options)).toMatchObject([
    { name: '应用凭证', advice: expect.stringContaining('连不上飞书') },
  ]);
});
