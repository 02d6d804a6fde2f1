import * as Lark from '@larksuiteoapi/node-sdk';
import type { FakeFeishu } from './server.ts';

/** A logger that says nothing. */
export const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

/** The real SDK's client, pointed at the stand-in. */
export function sdkClient(feishu: FakeFeishu): Lark.Client {
  clearProxies();
  return new Lark.Client({
    appId: feishu.app.appId,
    appSecret: feishu.app.appSecret,
    domain: feishu.url,
    cache: new Lark.DefaultCache(),
    logger: quiet,
  });
}

/** The real SDK's long connection with these handlers, started and ready. */
export async function sdkConnection(
  feishu: FakeFeishu,
  handles: Parameters<Lark.EventDispatcher['register']>[0],
  pingTimeout?: number,
): Promise<Lark.WSClient> {
  clearProxies();
  const dispatcher = new Lark.EventDispatcher({ logger: quiet }).register(handles);
  const before = feishu.connections.count;
  const client = new Lark.WSClient({
    appId: feishu.app.appId,
    appSecret: feishu.app.appSecret,
    domain: feishu.url,
    logger: quiet,
    ...(pingTimeout === undefined ? {} : { wsConfig: { pingTimeout } }),
  });
  await client.start({ eventDispatcher: dispatcher });
  await feishu.connected(before + 1);
  return client;
}

/** The SDK's axios obeys the proxies of the environment, for 127.0.0.1 too. */
function clearProxies(): void {
  for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) {
    delete process.env[name];
  }
}

/** The code of the answer that a call failed with; -1 when there was no answer. */
export async function codeOf(call: Promise<unknown>): Promise<number> {
  const error = await call.then(
    () => ({ response: { data: { code: 0 } } }),
    (reason: unknown) => reason as { response?: { data?: { code?: number } } },
  );
  return error.response?.data?.code ?? -1;
}
