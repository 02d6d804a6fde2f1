import { z } from 'zod';
import type { MessageKind } from '../adapter.ts';
import { texts } from './texts.ts';

/** Somebody mentioned: the key stands in the content, the rest is told beside it. */
export interface Mention {
  readonly key: string;
  readonly openId: string | undefined;
  readonly name: string;
}

/** Longest text that is handed on, in UTF-16 code units; Feishu's own limit is 150 KB. */
const longestText = 50_000;

/** What Feishu calls the kinds of messages. What it does not know of yet is something to look at: a link. */
const kinds: Readonly<Record<string, MessageKind>> = {
  text: 'text',
  post: 'text',
  image: 'image',
  file: 'file',
  folder: 'file',
  audio: 'voice',
  media: 'video',
  sticker: 'sticker',
  interactive: 'card',
  share_chat: 'link',
  share_user: 'link',
  merge_forward: 'link',
  location: 'link',
};

const textContent = z.object({ text: z.string() });
/** The key becomes part of an address. */
const imageContent = z.object({ image_key: z.string().regex(/^[\w-]{1,200}$/) });
const fileContent = z.object({ file_key: z.string().regex(/^[\w-]{1,200}$/) });
const postContent = z.object({
  title: z.string().optional(),
  content: z.array(z.array(z.looseObject({ tag: z.string() }))),
});

/**
 * What a message says: its kind, and its text with mentions as `@name`. A text with pictures in it is a picture with
 * words. `file` is the key of a picture that stands alone, or of a file. Undefined for what nobody said (a system's line).
 */
export function contentOf(
  type: string,
  content: string,
  mentions: readonly Mention[],
): { readonly kind: MessageKind; readonly text: string; readonly file?: string } | undefined {
  if (type === 'system') return undefined;
  const kind = kinds[type] ?? 'link';
  const body = json(content);
  if (kind === 'image') {
    const parsed = imageContent.safeParse(body);
    return { kind, text: '', ...(parsed.success ? { file: parsed.data.image_key } : {}) };
  }
  if (type === 'file') {
    const parsed = fileContent.safeParse(body);
    return { kind: 'file', text: '', ...(parsed.success ? { file: parsed.data.file_key } : {}) };
  }
  if (kind !== 'text') return { kind, text: '' };
  if (type === 'text') {
    const parsed = textContent.safeParse(body);
    return { kind, text: parsed.success ? resolved(parsed.data.text, mentions).slice(0, longestText) : '' };
  }
  return post(body, mentions);
}

function json(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** Rich text: an event carries it bare, a message of the history may carry it under its language. */
function post(body: unknown, mentions: readonly Mention[]): { kind: MessageKind; text: string } {
  const bare = postContent.safeParse(body);
  const first = typeof body === 'object' && body !== null ? Object.values(body)[0] : undefined;
  const parsed = bare.success ? bare : postContent.safeParse(first);
  if (!parsed.success) return { kind: 'text', text: '' };
  let pictures = 0;
  const lines = parsed.data.content.map((line) =>
    line
      .map((piece) => {
        if (piece.tag === 'img' || piece.tag === 'media') pictures++;
        return pieceText(piece, mentions);
      })
      .join(''),
  );
  const { title } = parsed.data;
  const text = [...(title ? [title] : []), ...lines].join('\n').trim().slice(0, longestText);
  return { kind: pictures > 0 ? 'image' : 'text', text };
}

function pieceText(piece: Readonly<Record<string, unknown>>, mentions: readonly Mention[]): string {
  const { tag, text, user_id, user_name } = piece;
  if (tag === 'at') {
    const id = typeof user_id === 'string' ? user_id : '';
    const known = mentions.find((mention) => mention.key === id || mention.openId === id);
    const name = known?.name ?? (id === 'all' || id === '@_all' ? texts.everyone : String(user_name ?? ''));
    return `@${oneWord(name)} `;
  }
  if (typeof text !== 'string') return '';
  return tag === 'text' || tag === 'md' ? resolved(text, mentions) : text;
}

/**
 * Puts names in the place of keys. A name is made one word and followed by a space, so that a mention ends where the
 * counting rules end it (design.md, counting rule 1), and a command behind it is seen.
 */
function resolved(text: string, mentions: readonly Mention[]): string {
  return text.replace(/@_(?:user_\d+|all)/g, (key: string, offset: number) => {
    const name = key === '@_all' ? texts.everyone : mentions.find((m) => m.key === key)?.name;
    if (name === undefined) return key;
    const next = text.at(offset + key.length);
    return `@${oneWord(name)}${next === undefined || /\s/.test(next) ? '' : ' '}`;
  });
}

function oneWord(name: string): string {
  return name.replace(/[\s@]+/g, '') || '?';
}
