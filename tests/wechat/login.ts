/** Logging in by a code on the stand-in, and the ends of a login. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { News } from './news.ts';
import { Ids } from './world.ts';

export interface Session {
  readonly sid: string;
  readonly skey: string;
  readonly ids: Ids;
}

/** One code shown to be scanned. */
interface Code {
  readonly uuid: string;
  state: 'waiting' | 'scanned' | 'confirmed' | 'expired';
}

export class Login {
  session: Session | undefined;
  logouts = 0;
  /** The `<ret>` of the next logins, 0 when empty. */
  rets: number[] = [];
  readonly #news: News;
  #code: Code | undefined;
  #ended: { readonly sid: string; readonly ret: number }[] = [];

  constructor(news: News) {
    this.#news = news;
  }

  /** A person scans the code that is shown and confirms. */
  async scan(uuid: string): Promise<void> {
    const code = this.#code;
    if (code?.uuid !== uuid) throw new Error('another code is shown');
    code.state = 'scanned';
    this.#news.tell();
    await new Promise((resolve) => setTimeout(resolve, 60));
    code.state = 'confirmed';
    this.#news.tell();
  }

  expireCode(): void {
    if (this.#code) this.#code.state = 'expired';
    this.#news.tell();
  }

  /** The login ends: 1100 on the phone, 1101 elsewhere. */
  end(ret: number): void {
    if (this.session) this.#ended.push({ sid: this.session.sid, ret });
    this.session = undefined;
    this.#news.tell();
  }

  /** The present session. Throws where nobody is logged in. */
  get present(): Session {
    if (!this.session) throw new Error('nobody is logged in');
    return this.session;
  }

  /** Why a session is none any more; undefined where it still is. */
  retOf(sid: string | undefined): number | undefined {
    const ended = this.#ended.find((one) => one.sid === sid);
    if (ended || !this.session || (sid !== undefined && sid !== this.session.sid)) return ended?.ret ?? 1101;
    return undefined;
  }

  /** `jslogin`: a new code. */
  newCode(): string {
    this.#code = { uuid: randomBytes(6).toString('hex'), state: 'waiting' };
    return `window.QRLogin.code = 200; window.QRLogin.uuid = "${this.#code.uuid}";`;
  }

  /** `login`: what became of a code, held back while nothing did. */
  async watch(uuid: string): Promise<string> {
    const code = this.#code;
    if (!code || code.uuid !== uuid) return 'window.code=400;';
    if (code.state === 'waiting') await this.#news.within();
    if (code.state === 'scanned') {
      await this.#news.within();
      return "window.code=201;window.userAvatar = 'data:img/jpg;base64,AA==';";
    }
    if (code.state === 'expired') return 'window.code=400;';
    if (code.state !== 'confirmed') return 'window.code=408;';
    return `window.code=200;\nwindow.redirect_uri="https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=${uuid}&uuid=${uuid}&lang=zh_CN&scan=1";`;
  }

  /** `webwxnewloginpage`: a session with ids of its own, or why there is none. True: there is one. */
  begin(response: ServerResponse): boolean {
    const ret = this.rets.shift() ?? 0;
    if (ret !== 0) {
      response.writeHead(301, { location: 'https://wx.qq.com/' });
      response.end(
        `<error><ret>${ret}</ret><message>为了你的帐号安全，此微信号不能登录网页微信。</message></error>`,
      );
      return false;
    }
    const session = {
      sid: randomBytes(8).toString('hex'),
      skey: `@crypt_${randomBytes(8).toString('hex')}`,
      ids: new Ids(),
    };
    this.session = session;
    response.writeHead(301, {
      location: 'https://wx.qq.com/',
      'set-cookie': [`wxuin=12345; Path=/`, `wxsid=${session.sid}; Path=/`, 'webwx_data_ticket=gSd; Path=/'],
    });
    response.end(
      `<error><ret>0</ret><message></message><skey>${session.skey}</skey><wxsid>${session.sid}</wxsid><wxuin>12345</wxuin><pass_ticket>pt</pass_ticket><isgrayscale>1</isgrayscale></error>`,
    );
    return true;
  }
}
