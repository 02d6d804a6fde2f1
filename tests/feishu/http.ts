import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { perform, routeOf } from './api.ts';
import type { Call, Context } from './call.ts';
import type { Connections } from './connections.ts';
import { ApiError, type ErrorAnswer, errorBody, type Faults } from './faults.ts';

const largestBody = 40 * 1024 * 1024;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new ApiError(413, 'too large', { http: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

interface Answer {
  readonly http: number;
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

function failure(answer: ErrorAnswer): Answer {
  const { http, body } = errorBody(answer);
  return {
    http,
    body,
    headers: {
      'content-type': answer.raw === undefined ? 'application/json; charset=utf-8' : 'text/html',
      ...(answer.resetSeconds === undefined
        ? {}
        : { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': String(answer.resetSeconds) }),
    },
  };
}

function success(body: unknown): Answer {
  return {
    http: 200,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json; charset=utf-8' },
  };
}

/** The endpoint of the long connection, which has a protocol of its own. */
function endpoint(body: Buffer, { tenant }: Context, connections: Connections, port: number): Answer {
  const refusal = connections.refusal;
  if (refusal) {
    if (refusal.http !== undefined && refusal.http !== 200) return failure(refusal);
    const { code, msg = 'refused' } = refusal;
    return success({ code, msg, ...(refusal.data ? { data: { URL: '', ClientConfig: {} } } : {}) });
  }
  const asked = JSON.parse(body.toString() || '{}') as { AppID?: unknown; AppSecret?: unknown };
  if (asked.AppID !== tenant.app.appId || asked.AppSecret !== tenant.app.appSecret) {
    return success({ code: 514, msg: 'app id or app secret is invalid' });
  }
  if (connections.count >= 50) return success({ code: 1000040350, msg: 'exceed conn limit' });
  return success({
    code: 0,
    msg: 'success',
    data: { URL: connections.address(port), ClientConfig: connections.config },
  });
}

async function answer(call: Omit<Call, 'params'>, context: Context): Promise<Answer> {
  try {
    const result = await perform(call, context);
    if ('whole' in result) return success(result.whole);
    if ('data' in result) return success({ code: 0, msg: 'success', data: result.data });
    const { bytes, name } = result.download;
    return {
      http: 200,
      body: bytes,
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${encodeURIComponent(name)}"`,
      },
    };
  } catch (error) {
    if (error instanceof ApiError) return failure(error.answer);
    throw error;
  }
}

/** Serves the API, the endpoint and the WebSocket on 127.0.0.1, on a free port. */
export async function listen(context: Context, faults: Faults, connections: Connections) {
  const calls = new Map<string, number>();
  const sockets = new Set<Duplex>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    const route = routeOf(method, url.pathname);
    calls.set(route, (calls.get(route) ?? 0) + 1);
    const body = await bodyOf(request);
    const fault = faults.strike(method, url.pathname);
    if (fault?.lose === 'request') {
      request.socket.destroy();
      return;
    }
    const ready =
      fault?.answer !== undefined
        ? failure(fault.answer)
        : url.pathname === '/callback/ws/endpoint'
          ? endpoint(body, context, connections, port)
          : await answer(
              {
                method,
                path: url.pathname,
                query: url.searchParams,
                headers: request.headers as Record<string, string | undefined>,
                body,
              },
              context,
            );
    if (fault?.lose === 'silence') return;
    if (fault?.lose === 'answer') {
      request.socket.destroy();
      return;
    }
    if (fault?.delayMs !== undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, fault.delayMs);
        response.once('close', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    response.writeHead(ready.http, { 'x-tt-logid': '20260101000000000000000000000000', ...ready.headers });
    response.end(ready.body);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return;
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? error.message : 'error');
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => connections.upgrade(request, socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: async (): Promise<void> => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
