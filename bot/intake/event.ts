/** Events as they lie in the inbox: checked again when they are read back. */
import { z } from 'zod';
import { type ChatEvent, messageKinds } from '../../adapters/adapter.ts';

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
