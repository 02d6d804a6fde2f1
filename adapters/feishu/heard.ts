import { z } from 'zod';
import type { ChatEvent } from '../adapter.ts';

/** What the adapter knows, beside the event itself, to understand one. */
export interface Known {
  readonly botOpenId: string;
  readonly appId: string;
  personName(openId: string): string | undefined;
  groupName(chatId: string): string | undefined;
}

/** A message without whom its quote quotes: that is looked up. */
export interface Heard {
  readonly event: ChatEvent;
  /** The quoted message whose writer is not known yet. */
  readonly asks?: string | undefined;
  /** The message is part of a thread, whose history is kept apart. */
  readonly inThread?: boolean | undefined;
}

/** Made once: every event has a time. */
const positive = z.coerce.number().int().positive();

/** Feishu's times are strings, in milliseconds; a card's are in microseconds. */
export function instant(time: string | undefined): number {
  const value = positive.parse(time);
  return value > 1e14 ? Math.floor(value / 1_000) : value;
}
