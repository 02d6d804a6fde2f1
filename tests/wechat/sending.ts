/** What the bot sends to the stand-in, and how that takes it. */
import type { Session } from './login.ts';
import { baseOk, type Sync } from './sync.ts';

export interface SentByBot {
  readonly to: string;
  readonly text: string;
  readonly id: string;
  readonly clientId: string;
}

export class Sending {
  /** What the bot sent, oldest first; `to` is a uid. */
  readonly sent: SentByBot[] = [];
  readonly files: { readonly to: string; readonly bytes: number }[] = [];
  /** Answered instead of 0 to the next so many sends. */
  rets: number[] = [];
  readonly #sync: Sync;

  constructor(sync: Sync) {
    this.#sync = sync;
  }

  /** `webwxsendmsg`, `webwxsendmsgimg`, `webwxsendappmsg`. */
  take(message: Record<string, unknown>, { ids }: Session): object {
    const ret = this.rets.shift() ?? 0;
    const to = ids.uid(String(message.ToUserName));
    if (ret !== 0 || to === undefined) return { BaseResponse: { Ret: ret || 1, ErrMsg: '' } };
    const id = `${9_000_000_000_000 + this.#sync.next()}`;
    const text = typeof message.MediaId === 'string' ? `[${message.MediaId}]` : String(message.Content);
    this.sent.push({ to, text, id, clientId: String(message.ClientMsgId) });
    return { ...baseOk, MsgID: id, LocalID: String(message.LocalID) };
  }

  /** `webwxuploadmedia`. */
  upload(bytes: number): object {
    this.files.push({ to: '', bytes });
    return { ...baseOk, MediaId: `@media_${this.files.length}` };
  }
}
