import type { Button, Content, Form } from '../adapter.ts';
import { escapedMarkdown } from './markup.ts';
import type { ButtonValue } from './press.ts';
import { texts } from './texts.ts';

type Card = Extract<Content, { type: 'card' }>;
type Element = Readonly<Record<string, unknown>>;
type FormField = Form['fields'][number];

/** The request that carries a card is at most 30 KB; some of it is left for what else it holds. */
const mostBytes = 29_500;
/** Components and texts of one card: more, and Feishu refuses it whole. */
const mostElements = 200;
/** Longest words on a button and in an empty field, in UTF-16 code units. */
const longestLabel = 100;
/** Longest value of a field, as Feishu's client lets it be typed. */
const longestInput = 1_000;
const mostOptions = 100;

const buttonTypes = { primary: 'primary_filled', plain: 'default', danger: 'danger_filled' } as const;

/**
 * A card as Card JSON 2.0 (https://open.feishu.cn/document/feishu-cards/card-json-v2-structure). What people wrote stands
 * in plain text or escaped, so that it can neither mention nor mark anything up; a button carries its command back to
 * us. Text that does not fit into 30 KB is cut, with a note. Where the options of a form are more than a card may hold,
 * they are listed and one is typed. `inPrivate`: the card goes to one person, which its buttons remember.
 */
export function cardJson(card: Card, inPrivate: boolean): string {
  const fitting = card.form ? { ...card, form: withFewerOptions(card, card.form, inPrivate) } : card;
  const whole = json(fitting, card.text, inPrivate);
  if (sizeOf(whole) <= mostBytes) return whole;
  const characters = [...card.text];
  const cutTo = (length: number) =>
    json(fitting, characters.slice(0, length).join('') + texts.cutShort, inPrivate);
  let least = 0;
  for (let most = characters.length; least < most; ) {
    const half = Math.ceil((least + most) / 2);
    if (sizeOf(cutTo(half)) <= mostBytes) least = half;
    else most = half - 1;
  }
  return cutTo(least);
}

/** What a card takes in the request, where it stands as a text within JSON. */
function sizeOf(card: string): number {
  return Buffer.byteLength(JSON.stringify(card));
}

/** The form with as many of its longest lists turned into a field to type in as it takes for the card to fit. */
function withFewerOptions(card: Card, form: Form, inPrivate: boolean): Form {
  const longestFirst = [...form.fields.entries()]
    .filter(([, { options }]) => options)
    .sort(([, a], [, b]) => (b.options?.length ?? 0) - (a.options?.length ?? 0));
  let fitting = form;
  for (const [at, field] of longestFirst) {
    if (elementsIn(json({ ...card, form: fitting }, card.text, inPrivate)) <= mostElements) return fitting;
    fitting = { ...fitting, fields: fitting.fields.with(at, typed(field)) };
  }
  return fitting;
}

function typed({ name, label, options = [] }: FormField): FormField {
  return {
    name,
    label: [label, ...options].join('\n'),
    placeholder: texts.typeOne(options[0] ?? ''),
  };
}

/** Whatever has a tag counts (the documents name texts of their own). */
function elementsIn(card: string): number {
  return card.match(/"tag":"/g)?.length ?? 0;
}

function json(card: Card, text: string, inPrivate: boolean): string {
  const buttons = (card.buttons ?? []).map((button) => buttonElement(button, inPrivate));
  return JSON.stringify({
    schema: '2.0',
    config: { update_multi: true, enable_forward: false, summary: { content: card.title } },
    header: { title: plain(card.title), template: 'red' },
    body: {
      vertical_spacing: '8px',
      elements: [
        ...(text === '' ? [] : [{ tag: 'div', text: plain(text) }]),
        ...fieldsElement(card.fields ?? []),
        ...(buttons.length === 0 ? [] : [row(buttons)]),
        ...(card.form ? [formElement(card.form, inPrivate)] : []),
      ],
    },
  });
}

/** Words where Feishu takes so many characters at most; never half of one. */
function short(words: string): string {
  if (words.length <= longestLabel) return words;
  return `${words.slice(0, longestLabel - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function plain(content: string): Element {
  return { tag: 'plain_text', content };
}

function fieldsElement(fields: NonNullable<Card['fields']>): readonly Element[] {
  if (fields.length === 0) return [];
  const content = fields
    .map(({ label, value }) => `**${escapedMarkdown(label)}**　${escapedMarkdown(value)}`)
    .join('\n');
  return [{ tag: 'markdown', content }];
}

/** Buttons side by side; the row breaks where the window is narrow. */
function row(buttons: readonly Element[]): Element {
  return {
    tag: 'column_set',
    flex_mode: 'flow',
    horizontal_spacing: '8px',
    columns: buttons.map((button) => ({ tag: 'column', width: 'auto', elements: [button] })),
  };
}

function callback(value: ButtonValue): readonly Element[] {
  return [{ type: 'callback', value }];
}

function buttonElement({ label, command, style }: Button, inPrivate: boolean): Element {
  return {
    tag: 'button',
    text: plain(short(label)),
    type: buttonTypes[style ?? 'plain'],
    behaviors: callback({ command, ...(inPrivate ? { private: true } : {}) }),
  };
}

function formElement(form: Form, inPrivate: boolean): Element {
  const fields = form.fields.map(({ name }) => name);
  return {
    tag: 'form',
    name: 'lianqing_form',
    vertical_spacing: '8px',
    elements: [
      ...form.fields.flatMap(fieldElement),
      {
        tag: 'button',
        name: 'lianqing_submit',
        text: plain(short(form.submit)),
        type: 'primary_filled',
        form_action_type: 'submit',
        behaviors: callback({ command: form.command, ...(inPrivate ? { private: true } : {}), fields }),
      },
    ],
  };
}

function fieldElement(field: FormField): readonly Element[] {
  const label: Element = { tag: 'div', text: plain(field.label) };
  const placeholder = short(field.placeholder ?? (field.options ? texts.formRest : field.label));
  if (field.options) {
    return [
      label,
      {
        tag: 'select_static',
        name: field.name,
        placeholder: plain(placeholder),
        width: 'fill',
        // Two of the same could not be told apart, and confuse Feishu's client.
        options: [...new Set(field.options)]
          .slice(0, mostOptions)
          .map((option) => ({ text: plain(option), value: option })),
      },
    ];
  }
  return [
    label,
    {
      tag: 'input',
      name: field.name,
      placeholder: plain(placeholder),
      width: 'fill',
      max_length: longestInput,
      ...(field.multiline ? { input_type: 'multiline_text', rows: 3, auto_resize: true } : {}),
    },
  ];
}
