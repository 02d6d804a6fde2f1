import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FakeFeishu } from '../../tests/feishu/server.ts';
import { checkFeishu, type Finding } from './feishu.ts';
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

it('says when the way of subscribing is another than ours', async () => {
  const findings = await checkFeishu(optionsOn(feishu, { mode: webhookMode(feishu) }));
  expect(wrong(findings)).toEqual([
    expect.objectContaining({
      name: '订阅方式',
      advice: expect.stringContaining('将事件发送至开发者服务器'),
    }),
  ]);
  expect(findings.at(-1)).toMatchObject({ name: '长连接', advice: expect.stringContaining('保存请求地址') });
});

it('says when Feishu cannot be reached', async () => {
  const options = { ...optionsOn(feishu), domain: 'http://127.0.0.1:9' };
  expect(await checkFeishu(options)).toMatchObject([
    { name: '应用凭证', advice: expect.stringContaining('连不上飞书') },
  ]);
});
