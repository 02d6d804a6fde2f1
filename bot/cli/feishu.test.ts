/** Feishu as the IT teacher meets it at the terminal: the check, and the program itself behind a gateway. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeFeishu, startFeishu } from '../../tests/feishu/server.ts';
import { startProgram } from '../../tests/support/program.ts';
import { expectSentence, folder, inFolders, lianqing, withSettings } from './testing.ts';

inFolders();

let feishu: FakeFeishu;
beforeEach(async () => {
  feishu = await startFeishu({ redeliverAfterMs: [500, 1_000, 2_000, 4_000] });
  feishu.user('ou_zhang', '张晓');
  feishu.user('ou_zhao', '赵一');
  feishu.group('oc_1', '软件一班').with('ou_zhang', 'ou_zhao').botIn(false);
});
afterEach(() => feishu.stop());

const settings = (more: Record<string, string> = {}) => ({
  FEISHU_APP_ID: feishu.app.appId,
  FEISHU_APP_SECRET: feishu.app.appSecret,
  FEISHU_DOMAIN: feishu.url,
  ...more,
});
const webhook = () =>
  settings({
    FEISHU_WEBHOOK_PORT: '0',
    FEISHU_ENCRYPT_KEY: feishu.app.encryptKey,
    FEISHU_VERIFICATION_TOKEN: feishu.app.verificationToken,
    LOG_LEVEL: 'debug',
  });
const check = (env: Record<string, string>) => withSettings(env, 'feishu', 'check');

describe('feishu check', { timeout: 150_000 }, () => {
  it('says that nothing is set yet, and where to begin', async () => {
    expectSentence(await lianqing('feishu', 'check'), /还没有配置飞书.*FEISHU_APP_ID.*docs\/feishu\.md/);
    expectSentence(await check({ FEISHU_APP_ID: feishu.app.appId }), '要一起写');
    expectSentence(await check(settings({ FEISHU_APP_ID: 'cli_1' })), 'cli_a1b2c3d4e5f60718');
  });

  it('goes through an app that is set up, line by line', async () => {
    const { code, stdout, stderr } = await check(settings());
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('飞书这边都准备好了。');
    expect(lines.slice(0, -1).every((line) => line.startsWith('✓ '))).toBe(true);
    expect(lines).toContain('✓ 机器人能力：机器人已启用，名字是“联青”');
    expect(stdout).not.toContain(feishu.app.appSecret);
  });

  it('says what is missing under its line, counts it, and ends with 1', async () => {
    feishu.app.scopes.delete('im:message.group_msg');
    feishu.app.events.delete('card.action.trigger');
    const ended = await check(settings());
    expect(ended.stdout).toMatch(
      /✗ 权限：获取群组中所有消息（敏感权限）：没有开通 im:message\.group_msg\n {4}用处：.*创建版本并发布。\n/,
    );
    expect(ended.stdout).toContain('✗ 事件与回调：还没有订阅：卡片回传交互（card.action.trigger）');
    expectSentence(ended, '有 2 项需要处理，处理好后再运行一次');
  });

  it('leaves to the teacher what cannot be tried from here', async () => {
    feishu.app.eventWay = 'webhook';
    feishu.app.callbackWay = 'webhook';
    const { code, stdout } = await check(webhook());
    expect(code).toBe(0);
    expect(stdout).toMatch(/？ 接收事件：.*从这里试不了\n {4}请先启动/);
    expect(stdout).toContain('没有发现不对的；还有 1 项（？）要照上面写的自己核对一下。');
  });
});

describe('start with a webhook', { timeout: 150_000 }, () => {
  const begin = async () => {
    const program = startProgram(folder, ['start'], { env: webhook() });
    await vi.waitFor(() => expect(program.stdout()).toContain('按 Ctrl+C'), 60_000);
    const [, address = ''] = /在 (127\.0\.0\.1:\d+\/feishu) 接收事件/.exec(program.stdout()) ?? [];
    feishu.useWebhook(`http://${address}`);
    return program;
  };
  const end = async (program: Awaited<ReturnType<typeof begin>>) => {
    program.child.kill('SIGTERM');
    const ended = await program.ended;
    expect(ended.code).toBe(0);
    return ended;
  };
  const said = () => feishu.sent('oc_1').map(({ content }) => content);

  it('answers the challenge, is bound, shows a card and hears its button; a restart repeats nothing', async () => {
    const first = await begin();
    expect(await feishu.webhook.challenge()).toMatchObject({ status: 200 });
    expect((await feishu.group('oc_1').addBot('ou_zhang').outcome).result).toBe('acknowledged');
    await feishu.until(() => said().some((text) => text.includes('大家好，我是联青')));
    const added = await lianqing('cadre', 'add', '张晓', '--unit', '某某学院团委');
    const [code = ''] = /[A-Z0-9]{4}-?[A-Z0-9]{4,}/.exec(added.stdout) ?? [];
    const zhang = feishu.user('ou_zhang');
    expect((await zhang.says(`/绑定 ${code}`, { chat: 'oc_1' }).outcome).result).toBe('acknowledged');
    await feishu.until(() => said().some((text) => text.includes('张晓联系本群')));
    const published = zhang.says('/话题 发布 图书馆几点最挤？', { chat: 'oc_1' });
    expect((await published.outcome).result).toBe('acknowledged');
    const isTopic = (text: string) => text.includes('话题1｜图书馆几点最挤？');
    await feishu.until(() => said().some(isTopic));
    const topic = feishu.sent('oc_1').find(({ content }) => isTopic(content));
    const pressed = await feishu.user('ou_zhao').presses(topic?.messageId ?? '', '我来说');
    expect(pressed).toMatchObject({ failed: false, toast: { type: 'info' } });
    await feishu.until(() => feishu.sent('ou_zhao').length === 1);

    const forged = await feishu.webhook.event('im.message.receive_v1', {}, { signature: 'wrong' });
    expect(forged.status).toBe(401);
    const { stderr } = await end(first);
    for (const secret of [
      ...[feishu.app.appSecret, feishu.app.encryptKey, feishu.app.verificationToken, 'Bearer'],
      ...['图书馆', '张晓', '赵一', code],
    ])
      expect(stderr).not.toContain(secret);

    const before = [said(), feishu.sent('ou_zhao').length];
    const second = await begin();
    for (const id of [...feishu.tenant.events.keys()])
      expect((await feishu.redeliver(id)).result).toBe('acknowledged');
    await end(second);
    expect([said(), feishu.sent('ou_zhao').length]).toEqual(before);
  });
});
