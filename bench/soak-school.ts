/** Twenty groups that talk, ask, and press buttons at the stand-in Feishu, and what all of it must come to. */
import { randomBytes } from 'node:crypto';
import { answerIn } from '../bot/dialogue/answer.ts';
import type { FakeFeishu } from '../tests/feishu/server.ts';
import type { Message } from '../tests/feishu/world.ts';
import { Totals } from '../tests/support/totals.ts';

const groupCount = 20;
const membersOfGroup = 30;
const dayMs = 86_400_000;

/** Days before the run on which messages of the run are dated, so that nearly each of them is a half-hour of its own. */
export const daysBack = 27;

const chatIds = Array.from({ length: groupCount }, (_, g) => `oc_group${String(g).padStart(2, '0')}`);
const openId = (g: number, member: number) =>
  `ou_g${String(g).padStart(2, '0')}_m${String(member).padStart(2, '0')}`;

/** The groups and their cadres, to be bound before the run. */
export const bound = chatIds.map((group, g) => ({ group, cadre: openId(g, 0) }));

const ordinary = [
  '图书馆今天人多吗',
  '收到',
  '明天下午三点集合',
  '👍',
  '周末的志愿服务我报名了',
  '好的',
  '食堂新窗口味道不错',
];

/** A command that was written, and where its one answer must stand. */
export interface Asked {
  readonly kind: 'demand' | 'progress' | 'topic';
  readonly messageId: string;
  readonly chatId: string;
  readonly text: string;
  readonly cadre: string;
}

/** A press that was acknowledged, and the words of its one answer. */
export interface Pressed {
  readonly eventId: string;
  readonly youth: string;
  readonly says: string;
}

export class School {
  readonly totals = new Totals((group) => bound.find((one) => one.group === group)?.cadre);
  readonly asked: Asked[] = [];
  readonly pressed: Pressed[] = [];
  /** Everything that the bot said, however long ago. */
  readonly saidByBot: Message[] = [];
  written = 0;
  acknowledged = 0;
  /** Messages that Feishu gave up handing over, and presses that failed before the person's eyes. */
  gaveUp = 0;
  /** Ordinary words that may answer a question (好的): kept like a command where the bot has just spoken. */
  readonly mayAnswer = new Set<string>();
  failedPresses = 0;
  readonly #feishu: FakeFeishu;
  readonly #random: () => number;
  readonly #dated: { at: number | undefined };

  /** `dated` moves the stand-in's clock for what is written while it is set. */
  constructor(feishu: FakeFeishu, random: () => number, dated: { at: number | undefined }) {
    this.#feishu = feishu;
    this.#random = random;
    this.#dated = dated;
    for (const [g, chatId] of chatIds.entries()) {
      const members = Array.from({ length: membersOfGroup }, (_, m) => openId(g, m));
      feishu.group(chatId, `第${g}班`).with(...members);
    }
    const keep = feishu.world.addMessage.bind(feishu.world);
    feishu.world.addMessage = (message) => {
      if (message.sender.type === 'app') this.saidByBot.push(message);
      keep(message);
    };
  }

  /** Somebody writes something: three in a hundred times a command. */
  speaks(): void {
    const g = this.#below(groupCount);
    if (this.#random() < 0.03) this.#asks(g);
    else this.#talks(g);
  }

  /** A youth presses a topic's button. */
  async pressesButton(): Promise<void> {
    // The stand-in forgets its oldest messages.
    const cards = this.saidByBot.filter(
      ({ messageId, content }) => content.includes('我来说') && this.#feishu.message(messageId),
    );
    const card = cards[this.#below(cards.length)];
    const number = /话题 我来说 (\d+)/.exec(card?.content ?? '')?.[1];
    if (!card || number === undefined) return;
    const g = chatIds.indexOf(card.chatId);
    const youth = openId(g, 1 + this.#below(membersOfGroup - 1));
    const { outcome, failed } = await this.#feishu.user(youth).presses(card.messageId, '我来说');
    if (failed) this.failedPresses++;
    else
      this.pressed.push({
        eventId: outcome.eventId,
        youth,
        says: `欢迎参加话题${number}！`,
      });
  }

  /** How often a press was answered: once by a private word, however often the youth pressed. */
  answersTo({ youth, says }: Pressed): number {
    const { chatId } = this.#feishu.world.privateChat(youth);
    return this.saidByBot.filter((message) => message.chatId === chatId && message.content.includes(says))
      .length;
  }

  #talks(g: number): void {
    const member = this.#random() < 0.1 ? 0 : this.#below(membersOfGroup);
    const to =
      this.#random() < 0.1 ? openId(g, this.#random() < 0.5 ? 0 : this.#below(membersOfGroup)) : undefined;
    const text = ordinary[this.#below(ordinary.length)] ?? '';
    const at = this.#random() < 0.5 ? Date.now() - Math.floor(this.#random() * daysBack * dayMs) : Date.now();
    this.#write(g, member, text, at, to);
  }

  #asks(g: number): void {
    const chatId = chatIds[g] ?? '';
    const cadre = openId(g, 0);
    const lot = this.#random();
    const number = randomBytes(6).toString('hex');
    const kind = lot < 0.75 ? 'demand' : lot < 0.9 ? 'progress' : 'topic';
    const text =
      kind === 'demand'
        ? `/诉求 楼道第 ${number} 盏灯不亮`
        : kind === 'progress'
          ? '/进度 文字'
          : `/话题 发布 第${number}期聊什么`;
    const member = kind === 'demand' ? 1 + this.#below(membersOfGroup - 1) : 0;
    const messageId = this.#write(g, member, text, Date.now(), undefined);
    this.asked.push({ kind, messageId, chatId, text, cadre });
  }

  #write(g: number, member: number, text: string, at: number, to: string | undefined): string {
    const chatId = chatIds[g] ?? '';
    const id = openId(g, member);
    const picture = to === undefined && !text.startsWith('/') && this.#random() < 0.1;
    const person = this.#feishu.user(id);
    this.#dated.at = at;
    const said = picture
      ? person.sends('image', { chat: chatId, content: { image_key: 'img_v3_soak' } })
      : person.says(text, { chat: chatId, ...(to === undefined ? {} : { mention: to }) });
    this.#dated.at = undefined;
    this.written++;
    if (answerIn(text)) this.mayAnswer.add(said.messageId);
    void said.outcome.then(({ result }) => {
      if (result !== 'acknowledged') {
        this.gaveUp++;
        return;
      }
      this.acknowledged++;
      this.totals.add({
        type: 'message',
        id: said.messageId,
        at,
        chat: { kind: 'group', id: chatId },
        sender: { id },
        kind: picture ? 'image' : 'text',
        text: picture ? '' : to === undefined ? text : `@${this.#feishu.world.user(to).name} ${text}`,
        mentions: to === undefined ? [] : [to],
        mentionsBot: false,
      });
    });
    return said.messageId;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}
