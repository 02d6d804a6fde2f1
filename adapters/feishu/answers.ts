/** The answers of Feishu's API, as far as the adapter reads them. */
import { z } from 'zod';

const text = z.string();
const id = z.string().min(1);

/** A message as the history and a single look-up give it. */
export const listedMessage = z.object({
  message_id: id,
  parent_id: text.nullish(),
  thread_id: text.nullish(),
  msg_type: text,
  create_time: text,
  deleted: z.boolean().nullish(),
  sender: z.object({ id: text, sender_type: text }).nullish(),
  body: z.object({ content: text }).nullish(),
  mentions: z.array(z.object({ key: text, id: text, name: text.nullish() })).nullish(),
});
export type ListedMessage = z.infer<typeof listedMessage>;

export const botAnswer = z.object({
  bot: z.object({ app_name: text.optional(), open_id: id, activate_status: z.int().optional() }),
});
export const scopesAnswer = z.object({
  scopes: z.array(z.object({ scope_name: text, grant_status: z.int() })).nullish(),
});
export const appAnswer = z.object({
  app: z.object({
    event: z
      .object({ subscription_type: text.optional(), subscribed_events: z.array(text).optional() })
      .optional(),
    callback_info: z
      .object({ callback_type: text.optional(), subscribed_callbacks: z.array(text).optional() })
      .optional(),
  }),
});
const paged = { has_more: z.boolean().nullish(), page_token: text.nullish() };
export const membersAnswer = z.object({
  ...paged,
  items: z.array(z.object({ member_id: id, name: text.nullish() })).nullish(),
});
/** No owner where the bot is it. */
export const chatAnswer = z.object({ name: text.nullish(), owner_id: text.nullish() });
export const chatsAnswer = z.object({
  ...paged,
  items: z.array(z.object({ chat_id: id, name: text.nullish() })).nullish(),
});
export const messagesAnswer = z.object({ ...paged, items: z.array(z.unknown()).nullish() });
export const sentAnswer = z.object({ message_id: id });
export const imageAnswer = z.object({ image_key: id });
export const fileAnswer = z.object({ file_key: id });
