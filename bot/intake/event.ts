/** Events as they lie in the inbox: checked again when they are read back. */
import { z } from 'zod';
import { type ChatEvent, messageKinds } from '../../adapters/adapter.ts';
import type { Secret } from '../secret.ts';

const id = z.string().min(1);
const sender = z.object({ id, name: z.string().optional(), bot: z.boolean().optional() });
const base = {
  id,
  at: z.int(),
  chat: z.object({ kind: z.enum(['group', 'private']), id, name: z.string().optional() }),
};

const chatEvent = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('message'),
    sender,
    kind: z.enum(messageKinds),
    text: z.string(),
    mentions: z.array(id),
    mentionsBot: z.boolean(),
    file: z.object({ id, size: z.int().optional() }).optional(),
    quotes: z.object({ id, sender: id.optional(), bot: z.boolean().optional() }).optional(),
  }),
  z.object({
    ...base,
    type: z.literal('press'),
    sender,
    command: z.string(),
    values: z.record(z.string(), z.string()),
  }),
  z.object({ ...base, type: z.enum(['join', 'leave']), members: z.array(sender) }),
  z.object({ ...base, type: z.enum(['bot-added', 'bot-removed', 'renamed']) }),
]);

/** Checks an event. Throws zod's error on one that is none. */
export function checkEvent(event: unknown): ChatEvent {
  return chatEvent.parse(event);
}

const purpose = 'inbox';

/** An event as it lies in the inbox when it was heard privately: a copy of the database does not tell what was said. */
export function sealEvent(secret: Pick<Secret, 'seal'>, event: ChatEvent): string {
  return secret.seal(purpose, JSON.stringify(event));
}

/** Reads an event back from the inbox, sealed or not. Throws where it is none, or was sealed with another key. */
export function readEvent(secret: Pick<Secret, 'open'>, body: string): ChatEvent {
  const text = body.startsWith('{') ? body : secret.open(purpose, body);
  if (text === undefined) throw new Error('an event was sealed with another key');
  return checkEvent(JSON.parse(text));
}
