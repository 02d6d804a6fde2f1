import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeFeishu } from '../../tests/feishu/server.ts';
import type { FeishuAdapter, FeishuOptions } from './feishu.ts';
import { adapterOn, listener, logLines, school } from './testing.ts';

describe('when Feishu does not answer as it should', () => {
  let feishu: FakeFeishu;
  let adapter: FeishuAdapter;
  let bot: ReturnType<typeof listener>;
  let log: ReturnType<typeof logLines>;

  beforeEach(async () => {
    feishu = await school();
    bot = listener();
    log = logLines();
  });
  afterEach(async () => {
    await adapter.stop();
    await feishu.stop();
  });
  const make = async (more: Partial<FeishuOptions> = {}): Promise<void> => {
    adapter = await adapterOn(feishu, { log: log.log, ...more });
  };
  const attempts = () => log.lines.filter((line) => line.includes('connecting:')).length;

  it('asks who the bot is until it is told', async () => {
    feishu.faults.fail('/bot/v3/info', 502, { http: 502, raw: '<html>', times: 3 });
    await make();
    await adapter.start(bot.sink);
    expect(feishu.calls('GET /open-apis/bot/v3/info')).toBe(4);
    expect(log.lines.filter((line) => line.includes('bot info'))).toHaveLength(3);
  });

  it('does not start without the bot ability, and says how to add it', async () => {
    feishu.app.botEnabled = false;
    await make();
    await expect(adapter.start(bot.sink)).rejects.toMatchObject({
      code: 11205,
      forPerson: expect.stringContaining('添加“机器人”'),
    });
  });

  it('waits longer and longer before it connects again', async () => {
    await make({ timing: { reconnectMs: 50, reconnectMostMs: 60_000 } });
    await adapter.start(bot.sink);
    await feishu.connected();
    feishu.connections.handshakeRefusal = 503;
    feishu.connections.drop();
    await feishu.until(() => attempts() > 0);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    // Half of 50, 100, 200, 400, 800 at the least.
    expect(attempts()).toBeLessThanOrEqual(7);
  });

  it('never waits longer than it should', async () => {
    await make({ timing: { reconnectMs: 20, reconnectMostMs: 40 } });
    await adapter.start(bot.sink);
    await feishu.connected();
    feishu.connections.handshakeRefusal = 503;
    feishu.connections.drop();
    await feishu.until(() => attempts() >= 12);
  });

  it('once it works, no refusal ends it: a secret may be mended meanwhile', async () => {
    await make();
    await adapter.start(bot.sink);
    await feishu.connected();
    feishu.connections.refusal = { code: 514, msg: 'auth failed' };
    feishu.connections.drop();
    await feishu.until(() => attempts() >= 2);
    expect(log.lines.join('\n')).toContain('长连接的应用凭证不对');
    feishu.connections.refusal = undefined;
    await feishu.until(() => feishu.connections.accepted >= 2);
  });

  it('what was heard before a cut is claimed, though it was not said yet', async () => {
    await make({ timing: { beatMs: 600_000 } });
    feishu.faults.fail(/\/im\/v1\/messages$/, 230027, { times: 1_000 });
    await adapter.start(bot.sink);
    await feishu.connected();
    const said = feishu.user('ou_ann').says('刚说完', { chat: 'oc_one' });
    await said.outcome;
    const at = feishu.message(said.messageId)?.createdAt ?? Number.NaN;
    expect(bot.claims()).toEqual([]);
    feishu.connections.drop();
    await feishu.until(() => bot.claims().some(({ from, until }) => from <= at && at <= until));
  });
});
