/** Which messages say something (design.md, counting rule 1). */

/** What a message may be. */
export const messageKinds = ['text', 'image', 'file', 'voice', 'video', 'link', 'card', 'sticker'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Answers that only say “seen”, without punctuation and in lower case. None is longer than `longestEmpty`. */
const emptyWords = new Set(
  (
    '收到 好的 嗯嗯 哦哦 是的 知道了 明白 已阅 已读 已收到 收到谢谢 谢谢 ' + '11 111 ok okay yes 打卡 签到'
  ).split(' '),
);
const longestEmpty = 4;

const command = /^\s*(?:@\S*\s+)?\//;
const mention = /@\S*/g;
const emoticon = /\[[^\s[\]]{1,6}\]/gu;
const letterOrNumber = /[\p{L}\p{N}]/u;

/**
 * Whether a text is a command to the bot: NFKC-normalised, with one leading mention and white space removed, it
 * starts with `/` (design.md, counting rule 1).
 */
export function isCommand(text: string): boolean {
  return command.test(text.normalize('NFKC'));
}

/**
 * Whether a person's message says something: a picture, file, voice, video, link or card, or a text of at least two
 * letters or numbers that is more than a word of acknowledgement; never a command, a sticker or a 接龙
 * (design.md, counting rule 1). That a bot's message never counts is for the caller to see to.
 */
export function isSubstantive(message: {
  readonly kind: MessageKind;
  readonly text?: string | undefined;
}): boolean {
  const { kind } = message;
  if (kind === 'sticker') return false;
  const text = (message.text ?? '').normalize('NFKC');
  if (command.test(text)) return false;
  return kind !== 'text' || saysSomething(text);
}

function saysSomething(normalised: string): boolean {
  const text = normalised.trim();
  if (text.startsWith('#接龙') || text.startsWith('接龙')) return false;
  let rest = text;
  if (rest.includes('@')) rest = rest.replace(mention, '');
  if (rest.includes('[')) rest = rest.replace(emoticon, '');
  // One more than the longest empty word tells that it is none of them; the rest need not be looked at.
  let kept = '';
  let count = 0;
  for (const character of rest) {
    if (!isLetterOrNumber(character)) continue;
    if (count === longestEmpty) return true;
    kept += character;
    count++;
  }
  return count >= 2 && !emptyWords.has(kept.toLowerCase());
}

/** The common Chinese and ASCII characters are told without the pattern, which is ten times dearer. */
function isLetterOrNumber(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code >= 0x4e00 && code <= 0x9fff) return true;
  if (code < 0x80) {
    return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
  }
  return letterOrNumber.test(character);
}
