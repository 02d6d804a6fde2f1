/**
 * A web WeChat of our own on loopback. What it does is what wechat4u's source and the threads cited in docs/wechat.md say
 * of the real one, which no test ever speaks to. Its parts: the way to it, logging in, what is new, groups, sending.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Login, type Session } from './login.ts';
import { Network } from './network.ts';
import { News } from './news.ts';
import { Rooms } from './rooms.ts';
import { Sending } from './sending.ts';
import { baseOk, Sync } from './sync.ts';
import { escaped, World } from './world.ts';

export class FakeWechat {
  readonly world = new World();
  readonly #news = new News();
  readonly network = new Network((request, response) => this.#serve(request, response));
  readonly login = new Login(this.#news);
  readonly sync = new Sync(this.#news, this.login);
  readonly rooms = new Rooms(this.world, this.login, this.sync);
  readonly sending = new Sending(this.sync);
  /** Every request as `METHOD path`. */
  readonly requests: string[] = [];

  start(): Promise<void> {
    return this.network.start();
  }

  stop(): void {
    this.#news.tell();
    this.network.stop();
  }

  /** A person writes; gives the message's id. Without a room, to the bot. */
  says(uid: string, text: string, room?: string): string {
    return this.#push(uid, escaped(text), room, {});
  }

  /** A message of another kind, as the server would send it. */
  sends(uid: string, type: number, room?: string, more: object = {}): string {
    return this.#push(uid, '', room, { MsgType: type, ...more });
  }

  #push(uid: string, content: string, room: string | undefined, more: object): string {
    const { ids } = this.login.present;
    const from = ids.of(uid);
    return this.sync.add(
      room === undefined
        ? { FromUserName: from, Content: content, MsgType: 1, ...more }
        : { FromUserName: ids.of(room, true), Content: `${from}:<br/>${content}`, MsgType: 1, ...more },
    );
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
    if (name === 'jslogin') return script(this.login.newCode());
    if (name === 'login') return script(await this.login.watch(url.searchParams.get('uuid') ?? ''));
    if (name === 'webwxnewloginpage') {
      if (this.login.begin(response)) this.sync.forget();
      return;
    }
    if (name === 'synccheck') return script(await this.sync.watch(url.searchParams));
    if (name === 'webwxlogout') {
      this.login.logouts++;
      this.login.end(1100);
      return json(baseOk);
    }
    const ret = this.login.retOf(sidIn(body, url));
    json(ret === undefined ? this.#answer(name, body, this.login.present) : refused(ret));
  }

  #answer(name: string, { json, size }: Body, session: Session): object {
    switch (name) {
      case 'webwxinit':
        return this.rooms.first(session);
      case 'webwxgetcontact':
        return this.rooms.contacts(session);
      case 'webwxbatchgetcontact':
        return this.rooms.whole(json, session);
      case 'webwxsync':
        return this.sync.answer(json, session);
      case 'webwxsendmsg':
      case 'webwxsendmsgimg':
      case 'webwxsendappmsg':
        return this.sending.take(json.Msg as Record<string, unknown>, session);
      case 'webwxuploadmedia':
        return this.sending.upload(size);
      case 'webwxoplog':
        return this.rooms.remark(json, session);
      default:
        return baseOk;
    }
  }
}

function refused(ret: number): object {
  return { BaseResponse: { Ret: ret, ErrMsg: '' } };
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
