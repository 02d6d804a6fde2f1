/** What is new on the stand-in, and how a client learns it: messages, changed groups, groups that are gone. */
import type { Login, Session } from './login.ts';
import type { News } from './news.ts';

export const baseOk = { BaseResponse: { Ret: 0, ErrMsg: '' } };

export class Sync {
  readonly #news: News;
  readonly #login: Login;
  #messages: object[] = [];
  readonly #changes: object[] = [];
  readonly #deleted: object[] = [];
  #key = 1;
  #count = 0;

  constructor(news: News, login: Login) {
    this.#news = news;
    this.#login = login;
  }

  /** A number that nothing else has. */
  next(): number {
    return ++this.#count;
  }

  /** A new login hears nothing of before. */
  forget(): void {
    this.#messages = [];
  }

  /** A message as the server would send it; gives its id. */
  add(message: object): string {
    const { ids } = this.#login.present;
    const id = `${1_000_000_000_000 + this.next()}`;
    this.#messages.push({
      MsgId: id,
      ToUserName: ids.of('bot'),
      CreateTime: Math.floor(Date.now() / 1_000),
      AppMsgType: 0,
      StatusNotifyUserName: '',
      ...message,
      at: ++this.#key,
    });
    this.#news.tell();
    return id;
  }

  /** The same again, as the server sometimes sends it. */
  repeat(messageId: string): void {
    const message = this.#messages.find((one) => 'MsgId' in one && one.MsgId === messageId);
    if (message) this.add({ ...message });
  }

  /** A contact is different now. */
  change(contact: object): void {
    this.#changes.push(contact);
    this.#key++;
    this.#news.tell();
  }

  /** A contact is none any more. */
  remove(contact: object): void {
    this.#deleted.push(contact);
    this.#key++;
    this.#news.tell();
  }

  /** The server sends something that it never should. */
  oddity(): void {
    const { ids } = this.#login.present;
    this.#changes.push(
      { UserName: ids.of('one', true), NickName: 5, MemberList: 'none' },
      { UserName: '@x', NickName: {} },
    );
    this.#messages.push({ at: ++this.#key, MsgId: 7 }, { at: this.#key, Content: null } as object);
    this.#news.tell();
  }

  get syncKey() {
    return { Count: 1, List: [{ Key: 1, Val: this.#key }] };
  }

  /** `synccheck`: whether there is something new, held back while there is nothing. */
  async watch(params: URLSearchParams): Promise<string> {
    const sid = params.get('sid') ?? '';
    const since = Number(params.get('synckey')?.split('_')[1] ?? 0);
    const state = (): string | undefined => {
      const ret = this.#login.retOf(sid);
      if (ret !== undefined) return `window.synccheck={retcode:"${ret}",selector:"0"}`;
      return this.#key > since ? 'window.synccheck={retcode:"0",selector:"2"}' : undefined;
    };
    const now = state();
    if (now) return now;
    await this.#news.within();
    return state() ?? 'window.synccheck={retcode:"0",selector:"0"}';
  }

  /** `webwxsync`: everything since a key. */
  answer(asked: Record<string, unknown>, session: Session): object {
    const key = asked.SyncKey as { List?: { Val: number }[] } | undefined;
    const since = Number(key?.List?.[0]?.Val ?? 0);
    const news = this.#messages.filter((one) => 'at' in one && (one.at as number) > since);
    const [changes, deleted] = [this.#changes.splice(0), this.#deleted.splice(0)];
    return {
      ...baseOk,
      SKey: session.skey,
      SyncKey: this.syncKey,
      SyncCheckKey: this.syncKey,
      AddMsgCount: news.length,
      AddMsgList: news,
      ModContactCount: changes.length,
      ModContactList: changes,
      DelContactCount: deleted.length,
      DelContactList: deleted,
    };
  }
}
