/** The program itself with Feishu and WeChat, of which one cannot start: the other works, and the operator is told. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { school } from '../../adapters/feishu/testing.ts';
import type { FakeFeishu } from '../feishu/server.ts';
import { buildProgram, type Running, startProgram } from '../support/program.ts';
import { FakeWechat } from './server.ts';

const token = '/auth/v3/tenant_access_token';
const within = { timeout: 60_000, interval: 50 };

let folder: string;
let feishu: FakeFeishu;
let wechat: FakeWechat;
/** What a group robot was sent. */
let posted: string[];
let robot: Server;
let running: Running | undefined;

beforeAll(buildProgram, 240_000);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianqing-together-'));
  feishu = await school({ redeliverAfterMs: [1_000, 2_000, 4_000, 8_000], ackWithinMs: 3_000 });
  wechat = new FakeWechat();
  await wechat.start();
  wechat.world.person('zhang', '张晓', true);
  wechat.world.room('one', '软件一班', ['zhang']);
  posted = [];
  robot = await listening((body) => posted.push(body));
});
afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
  running = undefined;
  robot.close();
  await feishu.stop();
  await wechat.stop();
  rmSync(folder, { recursive: true });
});

async function listening(take: (body: string) => void): Promise<Server> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    take(body);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

function begin(args: readonly string[], env: Record<string, string> = {}): Running {
  const around = { ...wechat.network.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
  const settings = {
    WECHAT: 'on',
    PORT: '0',
    FEISHU_APP_ID: feishu.app.appId,
    FEISHU_APP_SECRET: feishu.app.appSecret,
    FEISHU_DOMAIN: feishu.url,
    OPERATOR_WEBHOOK: `http://127.0.0.1:${portOf(robot)}/`,
  };
  return startProgram(folder, args, { env: { ...around, ...settings, ...env } });
}

/** The program at work. */
function start(env: Record<string, string> = {}) {
  running = begin(['start'], env);
  const { child, stdout, ended } = running;
  return {
    ended,
    says: (words: string) => vi.waitFor(() => expect(stdout()).toContain(words), within),
    stdout,
    async page() {
      const url = /在：(http:\S+)/u.exec(stdout())?.[1];
      return (await fetch(url ?? '')).text();
    },
    async end() {
      child.kill('SIGTERM');
      const over = await ended;
      running = undefined;
      return over;
    },
  };
}

const onFeishu = (who: string) => feishu.sent(who).map(({ json }) => JSON.stringify(json));
const told = (words: string) => vi.waitFor(() => expect(posted.join()).toContain(words), within);

async function answersOnFeishu(): Promise<void> {
  feishu.user('ou_bob').says('/帮助');
  await vi.waitFor(() => expect(onFeishu('ou_bob').join()).toContain('现在可以用'), within);
}

it('Feishu refuses: WeChat works, and Feishu does as soon as it can', async () => {
  feishu.faults.fail(token, 10014, { times: Number.POSITIVE_INFINITY });
  const program = start();
  await program.says('飞书没有启动：');
  await program.says('微信的登录状态和二维码在');
  await program.says('https://login.weixin.qq.com/qrcode/');
  const uuid = /weixin\.qq\.com\/qrcode\/([\w=-]+)/u.exec(program.stdout())?.[1] ?? '';
  await wechat.login.scan(uuid);
  await program.says('微信已登录');
  wechat.says('zhang', '/帮助');
  await vi.waitFor(() => expect(wechat.sending.sent.map(({ to }) => to)).toContain('zhang'), within);
  expect(await program.page()).toContain('飞书没有启动：');
  await told('飞书没有启动：');

  feishu.faults.clear();
  await program.says('已连上飞书应用');
  await told('飞书启动好了');
  await answersOnFeishu();
  expect(await program.page()).not.toContain('飞书没有启动：');
  const over = await program.end();
  expect(over.code).toBe(0);
  expect(over.stderr).toContain('a platform could not start and is tried again');
  expect(over.stdout.split('飞书没有启动：')).toHaveLength(2);
}, 150_000);

it('WeChat cannot start: Feishu works, and the operator is told there', async () => {
  const { stdout } = await begin(['operator', 'add', '李工']).ended;
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/u.exec(stdout)?.[0];
  const alone = start({ WECHAT: 'off' });
  await alone.says('已连上飞书应用');
  feishu.user('ou_ann').says(`/绑定 ${code}`);
  await vi.waitFor(() => expect(onFeishu('ou_ann').join()).toContain('认证好了'), within);
  expect((await alone.end()).code).toBe(0);

  const other = await listening(() => undefined);
  const program = start({ PORT: String(portOf(other)) });
  await program.says('微信没有启动：端口');
  await vi.waitFor(() => expect(onFeishu('ou_ann').join()).toContain('【运维】微信没有启动：端口'), within);
  await answersOnFeishu();
  await new Promise((resolve) => other.close(resolve));
  await program.says('微信的登录状态和二维码在');
  await vi.waitFor(() => expect(onFeishu('ou_ann').join()).toContain('【运维】微信启动好了'), within);
  expect((await program.end()).code).toBe(0);
}, 150_000);

it('Feishu is out of reach: WeChat works, the page says so, and the program ends when it is asked to', async () => {
  const nowhere = await listening(() => undefined);
  const port = portOf(nowhere);
  await new Promise((resolve) => nowhere.close(resolve));
  const program = start({ FEISHU_DOMAIN: `http://127.0.0.1:${port}` });
  await program.says('连不上飞书，正在自动重试');
  await program.says('https://login.weixin.qq.com/qrcode/');
  expect(await program.page()).toContain('连不上飞书，正在自动重试');
  expect(await program.end()).toMatchObject({ code: 0, stdout: expect.stringContaining('什么都没有丢。') });
}, 150_000);

it('neither can start: the program ends and says of each why', async () => {
  feishu.faults.fail(token, 10014, { times: Number.POSITIVE_INFINITY });
  const { code, stderr } = await begin(['start'], { PORT: String(portOf(robot)), LOG_LEVEL: 'silent' }).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^飞书没有启动：.*App Secret.*\n微信没有启动：端口.*\n$|^微信没有启动：端口.*\n飞书没有启动：.*App Secret.*\n$/u,
  );
}, 150_000);
