import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { httpOf, loadSdk, sdkLogger } from './sdk.ts';
import { logLines } from './testing.ts';

describe('the SDK’s way of calling', () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer((request, response) => {
      if (request.url === '/silent') return;
      response.writeHead(200, { 'content-type': 'application/json' });
      if (request.url === '/good') {
        response.end('{"code":0}');
        return;
      }
      // A body that never ends, and is never quiet for long.
      const drops = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drops));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(['/silent', '/dripping'])('gives %s up in its time', async (path) => {
    const http = httpOf(await loadSdk(), url, 150);
    const began = performance.now();
    await expect(http.get(`${url}${path}`)).rejects.toThrow();
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('leaves the proxy of the environment out on loopback', async () => {
    for (const name of ['HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, 'http://127.0.0.1:9');
    expect(await httpOf(await loadSdk(), url, 2_000).get(`${url}/good`)).toEqual({ code: 0 });
  });
});

describe('what the SDK says', () => {
  it('is logged without texts, tokens and addresses; its numbers and ids stay', () => {
    const { lines, log } = logLines();
    const logger = sdkLogger(log);
    logger.error(['[ws]', 'invoke event failed, message_id: om_1; trace_id: t1; error: {"text":"悄悄话"}']);
    logger.warn('reconnect wss://x.cn/ws?ticket=abc&access_key=k', { token: 't-secret' });
    logger.error(new TypeError('悄悄话 Bearer t-secret'));
    logger.info();
    logger.debug();
    expect(lines).toEqual([
      'warn {} feishu sdk: [ws] invoke event failed, message_id message_id=om_1 trace_id=t1',
      'warn {} feishu sdk: reconnect object',
      'warn {} feishu sdk: TypeError',
    ]);
  });

  it('a pong proves that the far side is alive, and is not logged', () => {
    const { lines, log } = logLines();
    let alive = 0;
    const logger = sdkLogger(log, () => alive++);
    logger.trace(['[ws]', 'receive pong']);
    logger.trace(['[ws]', 'send ping']);
    expect([alive, lines]).toEqual([1, []]);
  });
});
