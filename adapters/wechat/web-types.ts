/** wechat4u, as far as we use it. */
export interface Wechat4u {
  PROP: { uin: string | number; sid: string };
  CONF: { STATE: { login: string; logout: string; uuid: string } };
  readonly botData: unknown;
  user: { UserName?: string; NickName?: string };
  contacts: Record<string, WebContact>;
  state: string;
  lastSyncTime: number;
  request(options: object): Promise<unknown>;
  getUUID(): Promise<string>;
  checkLogin(): Promise<{ code: number; userAvatar?: string }>;
  login(): Promise<void>;
  _init(): Promise<void>;
  _getContact(seq?: number): Promise<unknown>;
  syncCheck(): Promise<string | number>;
  sync(): Promise<unknown>;
  batchGetContact(contacts: readonly object[]): Promise<WebContact[]>;
  updateContacts(contacts: readonly WebContact[]): void;
  sendMsg(message: unknown, to: string): Promise<unknown>;
  start(): void;
  restart(): void;
  stop(): void;
  syncPolling(): void;
  checkPolling(): void;
  emit(event: string, ...args: unknown[]): void;
  on(event: string, listener: (...args: never[]) => void): void;
  removeAllListeners(event: string): void;
}

export interface WebContact {
  readonly UserName: string;
  readonly NickName?: string;
  readonly RemarkName?: string;
  readonly DisplayName?: string;
  readonly VerifyFlag?: number;
  readonly MemberCount?: number;
  readonly MemberList?: readonly WebContact[];
}
