/** The way to the stand-in: a proxy on loopback that answers for the hosts under qq.com itself, and its outages. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import {
  createServer as createProxy,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTls, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateFor } from './certificate.ts';

const hosts = [
  'wx.qq.com',
  'login.wx.qq.com',
  'file.wx.qq.com',
  'webpush.wx.qq.com',
  'login.weixin.qq.com',
  'webpush.weixin.qq.com',
];

export class Network {
  /** New connections, to see tight loops. */
  connections = 0;
  #isDown = false;
  readonly #sockets = new Set<Socket>();
  readonly #proxy: Server;
  readonly #tls: TlsServer;
  readonly #folder = mkdtempSync(join(tmpdir(), 'lianqing-weixin-'));
  readonly #cert = certificateFor(hosts);

  /** `serve` answers a request to any of the hosts; what it throws ends the connection. */
  constructor(serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
    this.#tls = createTls(this.#cert, (request, response) => {
      void serve(request, response).catch(() => response.destroy());
    });
    this.#proxy = createProxy((_, response) => response.writeHead(405).end());
    this.#proxy.on('connection', (socket: Socket) => {
      this.connections++;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
      if (this.#isDown) socket.destroy();
    });
    this.#proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
      if (!hosts.includes(request.url?.split(':')[0] ?? '')) return socket.destroy();
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      this.#tls.emit('connection', socket);
    });
    writeFileSync(join(this.#folder, 'ca.pem'), this.#cert.cert);
  }

  async start(): Promise<void> {
    this.#proxy.listen(0, '127.0.0.1');
    await once(this.#proxy, 'listening');
  }

  /** What leads a process here and nowhere else. */
  get env(): Readonly<Record<string, string>> {
    const { port } = this.#proxy.address() as AddressInfo;
    const proxy = `http://127.0.0.1:${port}`;
    return {
      HTTPS_PROXY: proxy,
      https_proxy: proxy,
      HTTP_PROXY: proxy,
      http_proxy: proxy,
      NO_PROXY: '',
      no_proxy: '',
      NODE_EXTRA_CA_CERTS: join(this.#folder, 'ca.pem'),
    };
  }

  /** The service cannot be reached, or can again. */
  outage(isDown: boolean): void {
    this.#isDown = isDown;
    if (isDown) for (const socket of this.#sockets) socket.destroy();
  }

  stop(): void {
    this.outage(true);
    this.#proxy.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
