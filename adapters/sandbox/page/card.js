import { act } from './api.js';
import { el } from './dom.js';
import { state, takeEntry } from './state.js';
import { texts } from './texts.js';

/** A card of the bot: title, text, fields, buttons, form. The page knows a button's place only, not its command. */
export function cardNode(entry) {
  const { title, text, fields, buttons, form } = entry.content;
  return el(
    'section',
    { className: 'card', 'aria-label': title },
    el('h3', {}, title),
    text !== '' && el('p', { className: 'card-text', dir: 'auto' }, text),
    fields?.length > 0 &&
      el(
        'dl',
        {},
        ...fields.map(({ label, value }) =>
          el('div', {}, el('dt', {}, label), el('dd', { dir: 'auto' }, value)),
        ),
      ),
    form && formNode(entry.id, form),
    buttons?.length > 0 &&
      el(
        'div',
        { className: 'card-buttons' },
        ...buttons.map((button, i) => buttonNode(entry.id, button, i)),
      ),
  );
}

function buttonNode(card, { label, style }, button) {
  const node = el('button', { type: 'button', className: style ?? 'plain' }, label);
  node.addEventListener('click', () => press(card, { button }, [node]));
  return node;
}

function formNode(card, { submit, fields }) {
  const send = el('button', { type: 'submit', className: 'primary' }, submit);
  const done = el('span', { className: 'card-done', role: 'status' });
  const node = el(
    'form',
    { className: 'card-form' },
    ...fields.map((field, i) => fieldNode(`${card}-${i}`, field)),
    el('div', { className: 'card-buttons' }, send, done),
  );
  node.addEventListener('submit', async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(node));
    await press(card, { values }, [send]);
    done.textContent = texts.sentForm;
  });
  return node;
}

function fieldNode(id, { name, label, placeholder, multiline, options }) {
  const shared = { id, name };
  let input;
  if (options) {
    input = el(
      'select',
      shared,
      el('option', { value: '' }, placeholder ?? texts.choose),
      ...options.map((option) => el('option', { value: option }, option)),
    );
  } else if (multiline) {
    input = el('textarea', { ...shared, rows: 3, placeholder: placeholder ?? '' });
  } else {
    input = el('input', { ...shared, type: 'text', placeholder: placeholder ?? '', autocomplete: 'off' });
  }
  return el('div', { className: 'card-field' }, el('label', { htmlFor: id }, label), input);
}

/** Buttons rest while the press is under way, so that a double click is one press. */
async function press(card, what, nodes) {
  for (const node of nodes) node.disabled = true;
  try {
    takeEntry(await act('press', { as: state.as, card, press: what }));
  } finally {
    setTimeout(() => {
      for (const node of nodes) node.disabled = false;
    }, 600);
  }
}
