/** Ways to say something. Texts of people in them have passed `plain`. */
import type { Button } from '../../adapters/adapter.ts';
import type { Asker } from '../../prisma/store/demand-rows.ts';
import type { Draft, Outgoing } from '../outbox/message.ts';
import type { Saying, Situation } from './command.ts';

/** A text as a draft. */
function text(content: string): Draft {
  return { type: 'text', text: content };
}

/** A card with buttons as a draft. */
export function card(title: string, content: string, buttons: readonly Button[] = []): Draft {
  return { type: 'card', title, text: content, ...(buttons.length > 0 ? { buttons } : {}) };
}

/** Answers where the person spoke; in a group by quoting what they wrote. */
export function reply(situation: Situation, draft: Draft | string): Saying {
  const content = typeof draft === 'string' ? text(draft) : draft;
  if (situation.chat.kind === 'private')
    return { kind: 'reply', to: { personId: situation.person.id }, draft: content };
  return {
    kind: 'reply',
    to: { groupId: situation.chat.groupId },
    draft: content,
    ...(situation.event.type === 'message' ? { quote: situation.event.id } : {}),
  };
}

/**
 * Answers a press in a group privately, so that a hundred presses are not a hundred messages in it; everything else
 * where it was said.
 */
export function quietly(situation: Situation, draft: Draft | string): Saying {
  return situation.event.type === 'press'
    ? notice(situation.person.id, draft, 'reply')
    : reply(situation, draft);
}

/** A word to one person, privately; `to` is a person's id, or whoever waits for an answer. */
export function notice(
  to: number | Asker,
  draft: Draft | string,
  kind: 'notice' | 'reply' = 'notice',
): Saying {
  return {
    kind,
    to: typeof to === 'number' ? { personId: to } : to,
    draft: typeof draft === 'string' ? text(draft) : draft,
  };
}

/** Where only friends can be written to privately: what a promise to do so is worth to the others of a group. */
export function toStrangers({ abilities, chat }: Situation): string {
  return abilities.friendsOnly && chat.kind === 'group'
    ? '没和我加好友的收不到私聊，到时直接问团干部就行。'
    : '';
}

/** Said into a group at its cadre's command. */
export function post(
  groupId: number,
  draft: Draft,
  meaning: { readonly key?: string; readonly topicId?: number } = {},
): Saying {
  return { kind: 'post', to: { groupId }, draft, ...meaning };
}

/** Replaces a card that was posted under a key, where the platform can: its buttons have nothing to do any more. */
export function closeCard(groupId: number, key: string, draft: Draft): Outgoing {
  return { key: `${key}/closed`, kind: 'post', to: { groupId }, draft, updates: key };
}
