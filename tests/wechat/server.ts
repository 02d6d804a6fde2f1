/**
 * A web WeChat of our own on loopback: a proxy that answers for the hosts under qq.com itself. What it does is what
 * wechat4u's source and the threads cited in docs/wechat.md say of the real one, which no test ever speaks to.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
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
import { escaped, Ids, World } from './world.ts';

const hosts = [
  'wx.qq.com',
  'login.wx.qq.com',
  'file.wx.qq.com',
  'webpush.wx.qq.com',
  'login.weixin.qq.com',
  'webpush.weixin.qq.com',
];
const baseOk = { BaseResponse: { Ret: 0, ErrMsg: '' } };

interface Session {
  readonly sid: string;
  readonly skey: string;
  readonly ids: Ids;
}

export interface SentByBot {
  readonly to: string;
  readonly text: string;
  readonly id: string;
  readonly clientId: string;
}

/** One code shown to be scanned. */
interface Code {
  readonly uuid: string;
  state: 'waiting' | 'scanned' | 'confirmed' | 'expired';
}

export class FakeWechat {
  readonly world = new World();
  /** What the bot sent, oldest first; `to` is a uid. */
  readonly sent: SentByBot[] = [];
  readonly files: { readonly to: string; readonly bytes: number }[] = [];
  /** Every request as `METHOD path`. */
  readonly requests: string[] = [];
  /** New connections, to see tight loops. */
  connections = 0;
  logouts = 0;
  /** Answered instead of 0 to the next so many sends. */
  sendRets: number[] = [];
  /** The `<ret>` of the next logins, 0 when empty. */
  loginRets: number[] = [];
  /** How long it holds an answer when there is nothing new, in milliseconds. */
  holdMs = 150;
  session: Session | undefined;
  #code: Code | undefined;
  #ended: { readonly sid: string; readonly ret: number }[] = [];
  #messages: object[] = [];
  #changes: object[] = [];
  #deleted: object[] = [];
  #key = 1;
  #isDown = false;
  #count = 0;
  readonly #news = new EventEmitter().setMaxListeners(1_000);
  readonly #sockets = new Set<Socket>();
  readonly #proxy: Server;
  readonly #tls: TlsServer;
  readonly #folder = mkdtempSync(join(tmpdir(), 'lianqing-weixin-'));
  readonly #cert = certificateFor(hosts);

  constructor() {
    this.#tls = createTls(this.#cert, (request, response) => {
      void this.#serve(request, response).catch(() => response.destroy());
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

  async stop(): Promise<void> {
    this.#isDown = true;
    this.#news.emit('news');
    for (const socket of this.#sockets) socket.destroy();
    this.#proxy.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The service cannot be reached, or can again. */
  outage(isDown: boolean): void {
    this.#isDown = isDown;
    if (isDown) for (const socket of this.#sockets) socket.destroy();
  }

  /** A person scans the code that is shown and confirms. */
  async scan(uuid: string): Promise<void> {
    const code = this.#code;
    if (code?.uuid !== uuid) throw new Error('another code is shown');
    code.state = 'scanned';
    this.#news.emit('news');
    await new Promise((resolve) => setTimeout(resolve, 60));
    code.state = 'confirmed';
    this.#news.emit('news');
  }

  expireCode(): void {
    if (this.#code) this.#code.state = 'expired';
    this.#news.emit('news');
  }

  /** The login ends: 1100 on the phone, 1101 elsewhere. */
  endSession(ret: number): void {
    if (this.session) this.#ended.push({ sid: this.session.sid, ret });
    this.session = undefined;
    this.#news.emit('news');
  }

  /** A person writes; gives the message's id. Without a room, to the bot. */
  says(uid: string, text: string, room?: string, more: object = {}): string {
    return this.#push(uid, escaped(text), room, more);
  }

  /** A message of another kind; `content` is what the server would send. */
  sends(uid: string, type: number, room?: string, more: object = {}): string {
    return this.#push(uid, '', room, { MsgType: type, ...more });
  }

  /** The platform's own line in a group. */
  notice(room: string, text: string): void {
    const { ids } = this.#session();
    this.#add({ FromUserName: ids.of(room, true), Content: text, MsgType: 10_000 });
  }

  joins(uid: string, room: string): void {
    this.#room(room).members.set(uid, '');
    this.notice(room, '有人加入了群聊');
  }

  leaves(uid: string, room: string): void {
    this.#room(room).members.delete(uid);
    // No line tells of somebody who leaves: only the list changes, if anything.
    this.changed(room);
  }

  renames(room: string, topic: string): void {
    this.#room(room).topic = topic;
    this.changed(room);
  }

  /** The server tells that a group is different now. */
  changed(room: string): void {
    const { ids } = this.#session();
    this.#changes.push(this.world.group(this.#room(room), ids, true));
    this.#key++;
    this.#news.emit('news');
  }

  /** The server sends something that it never should. */
  oddity(): void {
    const { ids } = this.#session();
    this.#changes.push(
      { UserName: ids.of('one', true), NickName: 5, MemberList: 'none' },
      { UserName: '@x', NickName: {} },
    );
    this.#messages.push({ at: ++this.#key, MsgId: 7 }, { at: this.#key, Content: null } as object);
    this.#news.emit('news');
  }

  putOut(room: string): void {
    const { ids } = this.#session();
    this.#deleted.push({ UserName: ids.of(room, true) });
    this.#key++;
    this.#news.emit('news');
  }

  /** The same again, as the server sometimes sends it. */
  repeat(messageId: string): void {
    const message = this.#messages.find((one) => 'MsgId' in one && one.MsgId === messageId);
    if (message) this.#add({ ...message });
  }

  #room(uid: string) {
    const room = this.world.rooms.get(uid);
    if (!room) throw new Error(`no room ${uid}`);
    return room;
  }

  #session(): Session {
    if (!this.session) throw new Error('nobody is logged in');
    return this.session;
  }

  #push(uid: string, content: string, room: string | undefined, more: object): string {
    const { ids } = this.#session();
    const from = ids.of(uid);
    return this.#add(
      room === undefined
        ? { FromUserName: from, Content: content, MsgType: 1, ...more }
        : { FromUserName: ids.of(room, true), Content: `${from}:<br/>${content}`, MsgType: 1, ...more },
    );
  }

  #add(message: object): string {
    const { ids } = this.#session();
    const id = `${1_000_000_000_000 + ++this.#count}`;
    this.#messages.push({
      MsgId: id,
      ToUserName: ids.of('bot'),
      CreateTime: Math.floor(Date.now() / 1_000),
      AppMsgType: 0,
      StatusNotifyUserName: '',
      ...message,
      at: ++this.#key,
    });
    this.#news.emit('news');
    return id;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    const body = await bodyOf(request);
    const name = url.pathname.split('/').at(-1) ?? '';
    this.requests.push(`${request.method} ${url.host}/${name}`);
    const json = (answer: object): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer));
    };
    const script = (text: string): void => {
      response.setHeader('content-type', 'text/javascript');
      response.end(text);
    };
    if (name === 'jslogin') {
      this.#code = { uuid: randomBytes(6).toString('hex'), state: 'waiting' };
      return script(`window.QRLogin.code = 200; window.QRLogin.uuid = "${this.#code.uuid}";`);
    }
    if (name === 'login') return script(await this.#watchCode(url.searchParams.get('uuid') ?? ''));
    if (name === 'webwxnewloginpage') return this.#logIn(response);
    if (name === 'synccheck') return script(await this.#watchSync(url.searchParams));
    if (name === 'webwxlogout') {
      this.logouts++;
      this.endSession(1100);
      return json(baseOk);
    }
    const sid = sidIn(body, url);
    const ended = this.#ended.find((one) => one.sid === sid);
    const { session } = this;
    if (ended || !session || (sid !== undefined && sid !== session.sid))
      return json({ BaseResponse: { Ret: ended?.ret ?? 1101, ErrMsg: '' } });
    json(this.#answer(name, body, session));
  }

  #answer(name: string, body: Body, session: Session): object {
    const { ids } = session;
    switch (name) {
      case 'webwxinit':
        return {
          ...baseOk,
          User: { UserName: ids.of('bot'), NickName: this.world.self.name, Uin: 12_345 },
          SKey: session.skey,
          SyncKey: this.#syncKey(),
          ContactList: [...this.world.rooms.values()]
            .slice(0, 1)
            .map((room) => this.world.group(room, ids, false)),
        };
      case 'webwxgetcontact':
        return {
          ...baseOk,
          Seq: 0,
          MemberList: [
            ...[...this.world.people.values()]
              .filter(({ friend }) => friend)
              .map((one) => this.world.contact(one, ids)),
            ...[...this.world.rooms.values()].map((room) => this.world.group(room, ids, false)),
          ],
        };
      case 'webwxbatchgetcontact': {
        const wanted = ((body.json.List ?? []) as { UserName?: string }[]).flatMap(({ UserName }) => {
          const uid = ids.uid(UserName ?? '');
          const room = this.world.rooms.get(uid ?? '');
          return room?.members.has('bot') ? [this.world.group(room, ids, true)] : [];
        });
        return { ...baseOk, Count: wanted.length, ContactList: wanted };
      }
      case 'webwxsync': {
        const since = Number(
          (body.json.SyncKey as { List?: { Val: number }[] } | undefined)?.List?.[0]?.Val ?? 0,
        );
        const news = this.#messages.filter((one) => 'at' in one && (one.at as number) > since);
        const [changes, deleted] = [this.#changes.splice(0), this.#deleted.splice(0)];
        return {
          ...baseOk,
          SKey: session.skey,
          SyncKey: this.#syncKey(),
          SyncCheckKey: this.#syncKey(),
          AddMsgCount: news.length,
          AddMsgList: news,
          ModContactCount: changes.length,
          ModContactList: changes,
          DelContactCount: deleted.length,
          DelContactList: deleted,
        };
      }
      case 'webwxsendmsg':
      case 'webwxsendmsgimg':
      case 'webwxsendappmsg':
        return this.#take(body.json.Msg as Record<string, unknown>, ids);
      case 'webwxuploadmedia':
        this.files.push({ to: '', bytes: body.size });
        return { ...baseOk, MediaId: `@media_${this.files.length}` };
      case 'webwxoplog': {
        const person = this.world.people.get(ids.uid(String(body.json.UserName)) ?? '');
        if (person?.friend) person.remark = String(body.json.RemarkName);
        return { BaseResponse: { Ret: person?.friend ? 0 : 1, ErrMsg: '' } };
      }
      default:
        return baseOk;
    }
  }

  #take(message: Record<string, unknown>, ids: Ids): object {
    const ret = this.sendRets.shift() ?? 0;
    const to = ids.uid(String(message.ToUserName));
    if (ret !== 0 || to === undefined) return { BaseResponse: { Ret: ret || 1, ErrMsg: '' } };
    const id = `${9_000_000_000_000 + ++this.#count}`;
    const text = typeof message.MediaId === 'string' ? `[${message.MediaId}]` : String(message.Content);
    this.sent.push({ to, text, id, clientId: String(message.ClientMsgId) });
    return { ...baseOk, MsgID: id, LocalID: String(message.LocalID) };
  }

  async #watchCode(uuid: string): Promise<string> {
    const code = this.#code;
    if (!code || code.uuid !== uuid) return 'window.code=400;';
    if (code.state === 'waiting') await this.#newsWithin();
    if (code.state === 'scanned') {
      await this.#newsWithin();
      return "window.code=201;window.userAvatar = 'data:img/jpg;base64,AA==';";
    }
    if (code.state === 'expired') return 'window.code=400;';
    if (code.state !== 'confirmed') return 'window.code=408;';
    return `window.code=200;\nwindow.redirect_uri="https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=${uuid}&uuid=${uuid}&lang=zh_CN&scan=1";`;
  }

  #logIn(response: ServerResponse): void {
    const ret = this.loginRets.shift() ?? 0;
    if (ret !== 0) {
      response.writeHead(301, { location: 'https://wx.qq.com/' });
      response.end(
        `<error><ret>${ret}</ret><message>为了你的帐号安全，此微信号不能登录网页微信。</message></error>`,
      );
      return;
    }
    const session = {
      sid: randomBytes(8).toString('hex'),
      skey: `@crypt_${randomBytes(8).toString('hex')}`,
      ids: new Ids(),
    };
    this.session = session;
    this.#messages = [];
    response.writeHead(301, {
      location: 'https://wx.qq.com/',
      'set-cookie': [`wxuin=12345; Path=/`, `wxsid=${session.sid}; Path=/`, 'webwx_data_ticket=gSd; Path=/'],
    });
    response.end(
      `<error><ret>0</ret><message></message><skey>${session.skey}</skey><wxsid>${session.sid}</wxsid><wxuin>12345</wxuin><pass_ticket>pt</pass_ticket><isgrayscale>1</isgrayscale></error>`,
    );
  }

  async #watchSync(params: URLSearchParams): Promise<string> {
    const sid = params.get('sid') ?? '';
    const since = Number(params.get('synckey')?.split('_')[1] ?? 0);
    const state = (): string | undefined => {
      const ended = this.#ended.find((one) => one.sid === sid);
      if (ended || this.session?.sid !== sid)
        return `window.synccheck={retcode:"${ended?.ret ?? 1101}",selector:"0"}`;
      return this.#key > since ? 'window.synccheck={retcode:"0",selector:"2"}' : undefined;
    };
    const now = state();
    if (now) return now;
    await this.#newsWithin();
    return state() ?? 'window.synccheck={retcode:"0",selector:"0"}';
  }

  /** Until something happens, or the hold is over. */
  #newsWithin(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#news.off('news', done);
        resolve();
      };
      const timer = setTimeout(done, this.holdMs);
      this.#news.on('news', done);
    });
  }

  #syncKey() {
    return { Count: 1, List: [{ Key: 1, Val: this.#key }] };
  }
}

interface Body {
  readonly json: Record<string, unknown>;
  readonly size: number;
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  try {
    return { json: JSON.parse(bytes.toString('utf8')) as Record<string, unknown>, size: bytes.length };
  } catch {
    return { json: {}, size: bytes.length };
  }
}

function sidIn({ json }: Body, url: URL): string | undefined {
  const base = json.BaseRequest as { Sid?: string } | undefined;
  return base?.Sid ?? url.searchParams.get('sid') ?? undefined;
}
