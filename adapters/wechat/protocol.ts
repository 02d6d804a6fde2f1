/**
 * What the WeChat process and the bot say to each other. Both sides check every message: the far side runs other
 * people's code, and may be of another version after an update.
 */
import { z } from 'zod';
import { messageKinds } from '../adapter.ts';

const id = z.string().min(1).max(300);
const name = z.string().max(2_000);

const member = z.object({ id, name, mark: name.optional() });
export type Member = z.infer<typeof member>;

/** A message as the platform tells it, before names are looked up. */
const heardMessage = z.object({
  type: z.literal('message'),
  id,
  /** Milliseconds since the epoch. */
  at: z.int(),
  room: id.optional(),
  from: id,
  kind: z.enum(messageKinds),
  /** As typed, an inline quote still in it. */
  text: z.string().max(100_000),
  /** Ids, where the platform tells them. */
  mentions: z.array(id).max(200),
  /** A quote that stands apart from the text: the message's id, and how its writer is called. */
  quote: z.object({ id: z.string().max(300), name }).optional(),
});
export type HeardMessage = z.infer<typeof heardMessage>;

/** A group as it is now. */
const heardRoom = z.object({
  type: z.literal('room'),
  id,
  at: z.int(),
  room: id,
  name,
  members: z.array(member).max(5_000),
});
export type HeardRoom = z.infer<typeof heardRoom>;

/** The bot is in a group no more. */
const heardGone = z.object({ type: z.literal('gone'), id, at: z.int(), room: id });

/** Somebody brought the bot into a group. */
const heardAdded = z.object({ type: z.literal('added'), id, at: z.int(), room: id });

/** Those whom the account can speak to privately. */
const heardFriends = z.object({
  type: z.literal('friends'),
  id,
  at: z.int(),
  friends: z.array(member).max(20_000),
});
export type HeardFriends = z.infer<typeof heardFriends>;

export const heard = z.discriminatedUnion('type', [
  heardMessage,
  heardRoom,
  heardGone,
  heardAdded,
  heardFriends,
]);
export type Heard = z.infer<typeof heard>;

/** What became of the login; each is one sentence to the operator (`sentences.ts`). */
export const troubles = [
  'no-network',
  'logged-out',
  'not-allowed',
  'qr-expired',
  'session-unusable',
  'too-often',
  'puppet-missing',
  'puppet-fault',
  'killed',
] as const;
export type Trouble = (typeof troubles)[number];

const call = z.int().nonnegative();

/** From the WeChat process. */
export const fromChild = z.discriminatedUnion('type', [
  z.object({ type: z.literal('scan'), link: z.string().max(4_000), scanned: z.boolean() }),
  /** Logged in as; `login` is the same for as long as ids stay the same. */
  z.object({ type: z.literal('login'), self: member, login: id, renewed: z.boolean() }),
  z.object({ type: z.literal('trouble'), trouble: z.enum(troubles), code: z.string().max(100).optional() }),
  /** The account was in step with the server at that instant. */
  z.object({ type: z.literal('alive'), at: z.int() }),
  /** To be acknowledged by `taken` once it is durable. */
  z.object({ type: z.literal('heard'), seq: z.int(), heard }),
  z.object({ type: z.literal('done'), call, messageId: id.optional() }),
  z.object({
    type: z.literal('failed'),
    call,
    outcome: z.enum(['retry', 'refused', 'uncertain']),
    code: z.string().max(100).optional(),
  }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['info', 'warn', 'error']),
    message: z.string().max(300),
  }),
]);
export type FromChild = z.infer<typeof fromChild>;

export const startOrder = z.object({
  type: z.literal('start'),
  /** The npm package of the puppet. */
  puppet: z.string().min(1),
  puppetOptions: z.record(z.string(), z.unknown()),
  /** Absolute path of the folder for session and journal. */
  folder: z.string().min(1),
  /** How long a request to the server may take, and how waits grow; milliseconds. */
  timing: z.object({ callMs: z.int(), pauseMs: z.int(), longestPauseMs: z.int(), pollMs: z.int() }),
});
export type StartOrder = z.infer<typeof startOrder>;

/** To the WeChat process. */
export const toChild = z.discriminatedUnion('type', [
  startOrder,
  z.object({ type: z.literal('taken'), seq: z.int() }),
  z.object({
    type: z.literal('send'),
    call,
    to: id,
    content: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('text'), text: z.string(), mentions: z.array(id) }),
      z.object({ kind: z.literal('file'), name: z.string().min(1), base64: z.string() }),
    ]),
  }),
  z.object({ type: z.literal('mark'), call, person: id, mark: z.string().max(40) }),
  /** Hear no more: what is heard from now on is not handed over. */
  z.object({ type: z.literal('deafen') }),
  z.object({ type: z.literal('stop') }),
]);
export type ToChild = z.infer<typeof toChild>;
