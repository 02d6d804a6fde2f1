/** What the bot answered to an event, as a test reads it: all of it, or what went to one group or person. */
import type { Button, Content } from '../../adapters/adapter.ts';
import type { Outgoing } from '../outbox/message.ts';
import { monthText } from '../render/month-text.ts';
import { surveyText } from '../render/survey-text.ts';
import { wallText } from '../render/wish-wall-text.ts';
import type { Secret } from '../secret.ts';

/** What the bot answered to the last event. */
export class Said {
  readonly all: readonly Outgoing[];
  readonly #secret: Secret;
  constructor(all: readonly Outgoing[], secret: Secret) {
    this.all = all;
    this.#secret = secret;
  }

  /** Everything that can be read, the whole answer in one text. */
  get text(): string {
    return this.all.map(({ draft }) => readable(draft)).join('\n');
  }

  get buttons(): readonly Button[] {
    return this.all.flatMap(({ draft }) => (draft.type === 'card' ? (draft.buttons ?? []) : []));
  }

  /** What was said into a group. */
  in(groupId: number): Said {
    return this.#only((to) => 'groupId' in to && to.groupId === groupId);
  }

  /** What was said to a person privately, to a sealed address too. */
  to(actor: { readonly id: number }): Said {
    return this.#only(
      (to) =>
        ('personId' in to && to.personId === actor.id) ||
        ('sealed' in to && personIn(this.#secret, to.sealed) === actor.id),
    );
  }

  #only(isMeant: (to: Outgoing['to']) => boolean): Said {
    return new Said(
      this.all.filter(({ to }) => isMeant(to)),
      this.#secret,
    );
  }
}

function personIn(secret: Secret, sealed: string): unknown {
  return JSON.parse(secret.open('reply-address', sealed) ?? '{}').person;
}

function readable(draft: Outgoing['draft']): string {
  if (draft.type === 'text') return draft.text;
  if (draft.type === 'progress') return JSON.stringify(draft.progress);
  if (draft.type === 'topic-card') return JSON.stringify(draft.topic);
  if (draft.type === 'file') return draft.name;
  if (draft.type === 'survey') return surveyText(draft.results);
  if (draft.type === 'workbook') return JSON.stringify(draft.sheets);
  if (draft.type === 'paper') return JSON.stringify(draft.paper);
  if (draft.type === 'month') return monthText(draft.report);
  if (draft.type === 'photo') return draft.alt;
  if (draft.type === 'poster') return [draft.title, ...draft.lines, draft.qr.text].join('\n');
  if (draft.type === 'wish-wall') return wallText(draft.wall);
  if (draft.type === 'overview') return JSON.stringify(draft.overview);
  return cardText(draft);
}

function cardText(card: Extract<Content, { type: 'card' }>): string {
  const fields = (card.fields ?? []).map(({ label, value }) => `${label} ${value}`);
  return [card.title, card.text, ...fields, card.form?.inWords ?? ''].join('\n').trimEnd();
}
