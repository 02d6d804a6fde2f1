import { z } from 'zod';
import { type MessageKind, messageKinds } from '../adapter.ts';

/**
 * The lines of `sandbox.jsonl`: everything that ever happened in the sandbox, oldest first. The state is what a
 * replay of them gives. `seq` rises from line to line and is the cursor of the live stream.
 */
const base = { seq: z.int().positive(), at: z.number() };
const chat = z.object({ kind: z.enum(['group', 'private']), id: z.string() });

const personSchema = z.object({ id: z.string(), name: z.string(), role: z.enum(['cadre', 'youth']) });
export type Person = z.infer<typeof personSchema>;

/** A file kept beside the log. `type` is the media type found in the bytes, never the one somebody claimed. */
const fileSchema = z.object({ id: z.string(), name: z.string(), size: z.number(), type: z.string() });
export type KeptFile = z.infer<typeof fileSchema>;

const buttonSchema = z.object({
  label: z.string(),
  command: z.string(),
  style: z.enum(['primary', 'plain', 'danger']).optional(),
});

const formSchema = z.object({
  command: z.string(),
  submit: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      placeholder: z.string().optional(),
      multiline: z.boolean().optional(),
      options: z.array(z.string()).optional(),
    }),
  ),
});

const contentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), mentions: z.array(z.string()) }),
  z.object({ type: z.literal('image'), file: fileSchema, alt: z.string() }),
  z.object({ type: z.literal('file'), file: fileSchema }),
  z.object({
    type: z.literal('card'),
    title: z.string(),
    text: z.string(),
    fields: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
    buttons: z.array(buttonSchema).optional(),
    form: formSchema.optional(),
  }),
]);
export type KeptContent = z.infer<typeof contentSchema>;

const kindSchema = z.enum(messageKinds as unknown as readonly [MessageKind, ...MessageKind[]]);

export const recordSchema = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('created'), life: z.string(), people: z.array(personSchema) }),
  z.object({ ...base, type: z.literal('added'), id: z.string(), chat }),
  z.object({
    ...base,
    type: z.literal('said'),
    id: z.string(),
    chat,
    from: z.string(),
    kind: kindSchema,
    text: z.string(),
    mentions: z.array(z.string()),
    mentionsBot: z.boolean(),
    quote: z.string().optional(),
    file: fileSchema.optional(),
  }),
  z.object({
    ...base,
    type: z.literal('pressed'),
    id: z.string(),
    chat,
    from: z.string(),
    card: z.string(),
    label: z.string(),
    command: z.string(),
    values: z.record(z.string(), z.string()),
  }),
  z.object({ ...base, type: z.literal('joined'), id: z.string(), chat, person: personSchema }),
  z.object({ ...base, type: z.literal('left'), id: z.string(), chat, person: personSchema }),
  z.object({ ...base, type: z.literal('taken'), id: z.string() }),
  z.object({
    ...base,
    type: z.literal('sent'),
    id: z.string(),
    chat,
    key: z.string(),
    quote: z.string().optional(),
    content: contentSchema,
  }),
]);
export type SandboxRecord = z.infer<typeof recordSchema>;

/** What can be seen in a chat. */
export type Entry = Exclude<SandboxRecord, { type: 'created' | 'taken' }>;
/** What the bot must take. */
export type Heard = Exclude<Entry, { type: 'sent' }>;

/** A record as its maker knows it: the log adds the sequence number. */
export type Draft = SandboxRecord extends infer R
  ? R extends { seq: number }
    ? Omit<R, 'seq'>
    : never
  : never;
