import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { App } from './app.ts';
import type { Reply } from './connections.ts';
import { type FeishuEvent, wrap } from './events.ts';

/** What a post to the adapter's webhook came to. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
  /** The post as it went out, to be sent again. */
  readonly sent: Post;
}

export interface Post {
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export interface PostOptions {
  /** In clear, though the app has an encrypt key. */
  readonly plain?: boolean;
  /** `wrong`: signed with another key; `none`: without signature headers; `short`: cut off. */
  readonly signature?: 'right' | 'wrong' | 'none' | 'short';
  /** The timestamp header, in seconds; now by default. */
  readonly timestamp?: number | string;
  readonly nonce?: string;
  /** Changes the body after it was signed. */
  readonly tamper?: (body: string) => string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Encrypts as Feishu does: AES-256-CBC, key sha256(encryptKey), the random IV before the cipher text, base64. */
function encrypt(encryptKey: string, text: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(text), cipher.final()]).toString('base64');
}

/** sha256hex(timestamp + nonce + encryptKey + raw body). */
export function sign(timestamp: string, nonce: string, encryptKey: string, body: string | Buffer): string {
  return createHash('sha256').update(`${timestamp}${nonce}${encryptKey}`).update(body).digest('hex');
}

/** Posts to the adapter's webhook as Feishu does, and as an attacker would. */
export class Webhook {
  readonly #app: App;
  readonly #clock: () => number;
  url = '';
  /** The last posts, the oldest first; at most 200. */
  readonly posts: Post[] = [];

  constructor(app: App, clock: () => number) {
    this.#app = app;
    this.#clock = clock;
  }

  /** Sends exactly these bytes. Rejects when nothing listens, or after 30 s. */
  async raw(post: Post): Promise<Answered> {
    this.posts.push(post);
    if (this.posts.length > 200) this.posts.shift();
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...post.headers },
      body: typeof post.body === 'string' ? post.body : new Uint8Array(post.body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status, text, json, sent: post };
  }

  /** Posts a payload, encrypted and signed unless told otherwise. Without an encrypt key it goes in clear, unsigned. */
  post(payload: unknown, options: PostOptions = {}): Promise<Answered> {
    return this.raw(this.seal(payload, options));
  }

  /** The post that {@link post} would send. */
  seal(payload: unknown, options: PostOptions = {}): Post {
    const { encryptKey } = this.#app;
    const clear = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const body =
      encryptKey === '' || options.plain ? clear : JSON.stringify({ encrypt: encrypt(encryptKey, clear) });
    const timestamp = String(options.timestamp ?? Math.floor(this.#clock() / 1000));
    const nonce = options.nonce ?? randomBytes(8).toString('hex');
    const kind = options.signature ?? (encryptKey === '' ? 'none' : 'right');
    const right = sign(timestamp, nonce, kind === 'wrong' ? 'another key' : encryptKey, body);
    return {
      body: options.tamper ? options.tamper(body) : body,
      headers: {
        ...(kind === 'none'
          ? {}
          : {
              'X-Lark-Request-Timestamp': timestamp,
              'X-Lark-Request-Nonce': nonce,
              'X-Lark-Signature': kind === 'short' ? right.slice(0, 10) : right,
            }),
        ...options.headers,
      },
    };
  }

  /** The challenge when the address is saved in the console. */
  challenge(options: PostOptions & { readonly token?: string } = {}): Promise<Answered> {
    const token = options.token ?? this.#app.verificationToken;
    const challenge = randomBytes(16).toString('hex');
    return this.post({ challenge, token, type: 'url_verification' }, options);
  }

  /** Any event in its envelope; `token` to forge the verification token. */
  event(
    type: string,
    event: Record<string, unknown>,
    options: PostOptions & { readonly token?: string } = {},
  ): Promise<Answered> {
    const app = {
      ...this.#envelope(),
      ...(options.token === undefined ? {} : { verificationToken: options.token }),
    };
    return this.post(wrap(app, type, this.#clock(), event), options);
  }

  #envelope() {
    const { appId, tenantKey, verificationToken } = this.#app;
    return { appId, tenantKey, verificationToken };
  }

  /** Hands an event over by webhook; an HTTP 200 in time is the acknowledgement. */
  async deliver(json: string, timeoutMs: number): Promise<Reply> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Reply>((resolve) => {
      timer = setTimeout(() => resolve({ failed: 'timeout' }), timeoutMs);
    });
    const answered = this.post(JSON.parse(json) as FeishuEvent).then(
      ({ status, json: data }): Reply => ({ code: status, data }),
      (): Reply => ({ failed: 'closed' }),
    );
    const reply = await Promise.race([answered, late]);
    clearTimeout(timer);
    return reply;
  }
}
