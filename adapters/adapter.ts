/**
 * The port between the bot and a chat platform. An adapter knows one platform and nothing of the scheme or the
 * database; the bot knows this file and no platform.
 */

/** What a platform can do. The bot adapts its content to it; commands never ask. */
export interface Abilities {
  /** Cards with buttons and forms are shown as such; otherwise the adapter shows them as numbered text. */
  readonly cards: boolean;
  readonly quoting: boolean;
  readonly files: boolean;
  readonly memberLists: boolean;
  /** Ids stay the same over logins (Feishu) or change with each one (WeChat). */
  readonly stableIds: boolean;
  /** The bot hears every message of a group, or only those that mention it. */
  readonly hears: 'all' | 'mentions';
  /** A card that was sent can be changed in place. */
  readonly updates: boolean;
  /** A send repeated with the same key has no second effect, so that an interrupted one can be tried again. */
  readonly deduplicatesSends: boolean;
  /** Longest text of one message, in UTF-16 code units. */
  readonly textLimit: number;
  /** Pause between two sends to one chat, in milliseconds. */
  readonly paceMs: number;
  /** Nothing is said that nobody asked for (reminders): the operator has not turned it on. */
  readonly repliesOnly?: boolean | undefined;
  /** A person has to log the account in, again and again: what they have to know of that cannot be said over it. */
  readonly loginByHand?: boolean | undefined;
  /** Only people whom the account has as friends can be written to privately. */
  readonly friendsOnly?: boolean | undefined;
  /** An answer that waited longer makes no sense any more, in milliseconds; none where sends do not wait. */
  readonly staleMs?: number | undefined;
}

/** A conversation by the platform's own id. In a private chat, `id` is the other person's id. */
export interface Chat {
  readonly kind: 'group' | 'private';
  readonly id: string;
  readonly name?: string | undefined;
}

export interface Sender {
  readonly id: string;
  readonly name?: string | undefined;
  readonly bot?: boolean | undefined;
  /** What the account itself has put on this person ({@link Adapter.mark}): it outlasts a login, and nobody else can set it. */
  readonly mark?: string | undefined;
}

export const messageKinds = ['text', 'image', 'file', 'voice', 'video', 'link', 'card', 'sticker'] as const;
export type MessageKind = (typeof messageKinds)[number];

interface EventBase {
  /** The platform's id of this message or event; the same on every redelivery. */
  readonly id: string;
  /** When it happened by the platform's clock, milliseconds since the epoch. */
  readonly at: number;
  readonly chat: Chat;
}

/** Somebody wrote something. */
export interface MessageEvent extends EventBase {
  readonly type: 'message';
  readonly sender: Sender;
  readonly kind: MessageKind;
  /** What the person typed, with inline quotes taken off; mentions stand as `@name`. Empty for pictures and the like. */
  readonly text: string;
  /** Platform ids of the people mentioned. */
  readonly mentions: readonly string[];
  readonly mentionsBot: boolean;
  /** Where the message is a picture or a file: the platform's name of it, for {@link Adapter.download}. */
  readonly file?: { readonly id: string; readonly size?: number | undefined } | undefined;
  /** The quoted message and, where the platform tells, who had written it; `bot`: the bot itself had. */
  readonly quotes?:
    | { readonly id: string; readonly sender?: string | undefined; readonly bot?: boolean | undefined }
    | undefined;
}

/** Somebody pressed a card's button or sent its form. `command` is the text that the button stands for. */
export interface PressEvent extends EventBase {
  readonly type: 'press';
  readonly sender: Sender;
  readonly command: string;
  readonly values: Readonly<Record<string, string>>;
}

/** People came into or left a group. */
export interface MembersEvent extends EventBase {
  readonly type: 'join' | 'leave';
  readonly members: readonly Sender[];
}

/** The bot was added to a group, or taken out of it, or the group got another name (in `chat.name`). */
export interface GroupEvent extends EventBase {
  readonly type: 'bot-added' | 'bot-removed' | 'renamed';
}

/** The adapter has been hearing everything between two instants (or has fetched all of it since). */
export interface ListeningEvent {
  readonly type: 'listening';
  readonly from: number;
  readonly until: number;
}

/** The platform lets the bot hear only what mentions it: ordinary talk cannot be counted until the operator mends that. */
export interface DeafEvent {
  readonly type: 'deaf';
  readonly id: string;
  readonly at: number;
}

/**
 * People and groups under the ids of the present login, on a platform that gives new ones at each (no `stableIds`):
 * comes before anything that is heard of them, so that they can be recognised.
 */
export interface DirectoryEvent {
  readonly type: 'directory';
  readonly id: string;
  readonly at: number;
  /** Which login it is; the same for as long as ids stay the same. */
  readonly login: string;
  /** People that the account can speak to privately. */
  readonly friends: readonly Sender[];
  readonly groups: readonly {
    readonly id: string;
    readonly name: string;
    readonly members: readonly Sender[];
  }[];
}

export type ChatEvent = MessageEvent | PressEvent | MembersEvent | GroupEvent;
export type PlatformEvent = ChatEvent | ListeningEvent | DeafEvent | DirectoryEvent;

/** Takes an event; settles when it is durable. A rejection means: not taken, deliver it again. */
export type Sink = (event: PlatformEvent) => Promise<void>;

/** What a sink may return, this very promise, for an event that leaves nothing to be made durable: it is taken already. */
export const nothingToKeep: Promise<void> = Promise.resolve();

/** A button: pressing it says `command` in the name of the one who presses. */
export interface Button {
  readonly label: string;
  readonly command: string;
  readonly style?: 'primary' | 'plain' | 'danger' | undefined;
}

/** A form: sending it says `command` followed by the fields' values, one a line, in the name of the sender. */
export interface Form {
  readonly command: string;
  readonly submit: string;
  /** All that the fields ask, for a platform that shows no form: it stands in the card's text there. */
  readonly inWords?: string | undefined;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly placeholder?: string | undefined;
    readonly multiline?: boolean | undefined;
    readonly options?: readonly string[] | undefined;
  }[];
}

export type Content =
  | { readonly type: 'text'; readonly text: string; readonly mentions?: readonly string[] | undefined }
  | { readonly type: 'image'; readonly bytes: Uint8Array; readonly name: string; readonly alt: string }
  | { readonly type: 'file'; readonly bytes: Uint8Array; readonly name: string }
  | {
      readonly type: 'card';
      readonly title: string;
      readonly text: string;
      readonly fields?: readonly { readonly label: string; readonly value: string }[] | undefined;
      readonly buttons?: readonly Button[] | undefined;
      readonly form?: Form | undefined;
    };

export interface SendOptions {
  /** Idempotency key; the same on every attempt of one message. */
  readonly key: string;
  /** Platform id of the message that this one answers. */
  readonly quote?: string | undefined;
  /** Platform id of a card that this one replaces in place; only where `abilities.updates`. */
  readonly updates?: string | undefined;
}

/** The platform took the message; `messageId` where it tells one. */
export interface Sent {
  readonly messageId?: string | undefined;
}

/**
 * A send that did not succeed.
 * `retry`: nothing was sent, try again (after `afterMs`). `refused`: it never will be. `uncertain`: it may have been sent.
 */
export class SendError extends Error {
  override readonly name = 'SendError';
  readonly outcome: 'retry' | 'refused' | 'uncertain';
  readonly afterMs: number | undefined;
  constructor(outcome: 'retry' | 'refused' | 'uncertain', message: string, afterMs?: number) {
    super(message);
    this.outcome = outcome;
    this.afterMs = afterMs;
  }
}

/** Something that whoever runs the program should know of an account. */
export interface Notice {
  /** The same for the same thing. */
  readonly what: string;
  /** One sentence, in Chinese. */
  readonly text: string;
  /** `quiet`: for the page and the terminal. `urgent`: they have to do something; `passing`: unless it passes by itself. `over`: what they were told has ended. */
  readonly weight: 'quiet' | 'passing' | 'urgent' | 'over';
}

export interface Adapter {
  readonly platform: string;
  /** Which account of the platform this is; with `platform` the key of everything stored for it. */
  readonly account: string;
  readonly abilities: Abilities;
  /** Begins to deliver. Resolves when the platform can be used. */
  start(sink: Sink): Promise<void>;
  /** Stops hearing; settles when the sink has settled what it was handed. Sending still works. */
  stopHearing(): Promise<void>;
  /** Closes; nothing is heard or sent any more. */
  stop(): Promise<void>;
  /** Sends one message. Throws {@link SendError}. */
  send(chat: Chat, content: Content, options: SendOptions): Promise<Sent>;
  /**
   * The bytes of a message's picture or file, at most so many, where the platform hands them out. Throws when there
   * are more, or none.
   */
  download?(message: MessageEvent, atMost: number): Promise<Uint8Array>;
  /** The present members of a group, where `abilities.memberLists`. */
  members(groupId: string): Promise<readonly Sender[]>;
  /** Who owns a group, by the platform's id; undefined where that cannot be told. Absent where the platform never tells. */
  owner?(groupId: string): Promise<string | undefined>;
  /** Puts a mark on a person that only this account sees and that outlasts a login. False: not possible for this person. */
  mark?(personId: string, mark: string): Promise<boolean>;
}
