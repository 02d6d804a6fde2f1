import type { Button, Content, Form } from '../adapter.ts';
import { escapedMarkdown } from './markup.ts';
import type { ButtonValue } from './press.ts';
import { texts } from './texts.ts';

type Card = Extract<Content, { type: 'card' }>;
type Element = Readonly<Record<string, unknown>>;

/** A card is at most 30 KB; some of it is left for what Feishu adds. */
const mostBytes = 29_000;
/** Longest value of a field, as Feishu's client lets it be typed. */
const longestInput = 1_000;
const mostOptions = 100;

const buttonTypes = { primary: 'primary_filled', plain: 'default', danger: 'danger_filled' } as const;

/**
 * A card as Card JSON 2.0. What people wrote stands in plain text or escaped, so that it can neither mention nor mark
 * anything up; a button carries its command back to us. Text that does not fit into 30 KB is cut, with a note.
 * `inPrivate`: the card goes to one person, which its buttons remember.
 */
export function cardJson(card: Card, inPrivate: boolean): string {
  const whole = json(card, card.text, inPrivate);
  let over = Buffer.byteLength(whole) - mostBytes;
  if (over <= 0) return whole;
  let { text } = card;
  let shorter = whole;
  while (over > 0 && text !== '') {
    text = [...text].slice(0, Math.max(0, [...text].length - Math.ceil(over / 3) - 20)).join('');
    shorter = json(card, text + texts.cutShort, inPrivate);
    over = Buffer.byteLength(shorter) - mostBytes;
  }
  return shorter;
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
    text: plain(label),
    type: buttonTypes[style ?? 'plain'],
    behaviors: callback({ command, ...(inPrivate ? { private: true } : {}) }),
  };
}

function formElement(form: Form, inPrivate: boolean): Element {
  const fields = form.fields.map(({ name }) => name);
  return {
    tag: 'form',
    name: 'form',
    vertical_spacing: '8px',
    elements: [
      ...form.fields.flatMap(fieldElement),
      {
        tag: 'button',
        name: 'form_submit',
        text: plain(form.submit),
        type: 'primary_filled',
        form_action_type: 'submit',
        behaviors: callback({ command: form.command, ...(inPrivate ? { private: true } : {}), fields }),
      },
    ],
  };
}

function fieldElement(field: Form['fields'][number]): readonly Element[] {
  const label: Element = { tag: 'div', text: plain(field.label) };
  const placeholder = field.placeholder ?? (field.options ? texts.formRest : field.label);
  if (field.options) {
    return [
      label,
      {
        tag: 'select_static',
        name: field.name,
        placeholder: plain(placeholder),
        width: 'fill',
        options: field.options
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
