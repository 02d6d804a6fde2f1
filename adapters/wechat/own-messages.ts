/** What the bot said last, to know it again in a quote that gives its words alone. */

export interface OwnMessage {
  readonly chat: string;
  readonly id: string;
  readonly text: string;
}

const kept = 100;
/** Fewer characters may begin anything. */
const fewestToTell = 6;

export class OwnMessages {
  #said: readonly OwnMessage[] = [];

  add(message: OwnMessage): void {
    this.#said = [message, ...this.#said].slice(0, kept);
  }

  /**
   * The id of the message that somebody quotes in a chat: the one of these words, or, since clients cut long ones off,
   * the only one that begins with them.
   */
  find(chat: string, quoted: string): string | undefined {
    const here = this.#said.filter((message) => message.chat === chat);
    const words = quoted.trim();
    const whole = here.find(({ text }) => text.trim() === words);
    if (whole) return whole.id;
    const cut = words.replace(/(?:\.\.\.|…)$/u, '');
    if ([...cut].length < fewestToTell) return undefined;
    const [only, ...others] = here.filter(({ text }) => text.startsWith(cut));
    return others.length === 0 ? only?.id : undefined;
  }
}
