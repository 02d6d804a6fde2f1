import { avatar, byId, el, nameNode } from './dom.js';
import { cadre, keyOf, numberOf, on, open, state } from './state.js';
import { texts } from './texts.js';

const dialog = () => byId('who');

function rowOf(person) {
  const unread = state.unread.get(keyOf('private', person.id)) ?? 0;
  const isCadre = person.role === 'cadre';
  return el(
    'li',
    {},
    el(
      'button',
      {
        type: 'button',
        className: 'row',
        'aria-current': person.id === state.as ? 'true' : undefined,
        onclick: async () => {
          dialog().close();
          await open(person.id, state.where);
          byId('input').focus();
        },
      },
      avatar(person, 'small'),
      el(
        'span',
        { className: 'row-text' },
        nameNode(person.name),
        el('small', {}, isCadre ? texts.cadre : numberOf(person), person.member ? '' : ` · ${texts.left}`),
      ),
      unread > 0 && el('span', { className: 'badge' }, String(unread)),
    ),
  );
}

function show() {
  const wanted = byId('who-search').value.trim().toLowerCase();
  const people = [cadre(), ...[...state.people.values()].filter((p) => p.role !== 'cadre')].filter(
    (p) => p && `${p.name} ${numberOf(p)}`.toLowerCase().includes(wanted),
  );
  byId('who-list').replaceChildren(
    ...(people.length > 0 ? people.map(rowOf) : [el('li', { className: 'none' }, texts.noMatch)]),
  );
}

export function startWho() {
  byId('who-open').addEventListener('click', () => {
    byId('who-search').value = '';
    show();
    dialog().showModal();
    byId('who-search').focus();
  });
  byId('who-search').addEventListener('input', show);
  byId('who-search').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    byId('who-list').querySelector('button')?.click();
  });
  dialog().addEventListener('click', (event) => event.target === dialog() && dialog().close());
  on('people', () => dialog().open && show());
}
