import { act } from './api.js';
import { avatar, byId, el, nameNode, shownName } from './dom.js';
import { hasNamesake, numberOf, on, open, state } from './state.js';
import { texts } from './texts.js';

/** Whose leaving was asked for once and waits for the second click. */
let leaving = '';

function actNode(person) {
  if (!person.member) {
    return el(
      'button',
      {
        type: 'button',
        'aria-label': texts.backLabel(shownName(person.name)),
        onclick: () => act('join', { person: person.id }),
      },
      texts.back,
    );
  }
  if (person.role === 'cadre') return undefined;
  const sure = leaving === person.id;
  return el(
    'button',
    {
      type: 'button',
      className: sure ? 'danger' : '',
      'aria-label': sure ? texts.leaveSure : texts.leaveLabel(shownName(person.name)),
      onclick: async () => {
        leaving = sure ? '' : person.id;
        if (sure) await act('leave', { person: person.id });
        show();
      },
    },
    sure ? texts.leaveSure : texts.leave,
  );
}

function rowOf(person) {
  return el(
    'li',
    { className: `member ${person.member ? '' : 'gone'}` },
    el(
      'button',
      {
        type: 'button',
        className: 'row',
        onclick: () => open(person.id, state.where),
        'aria-label': texts.playAs(shownName(person.name)),
      },
      avatar(person, 'small'),
      el(
        'span',
        { className: 'row-text' },
        nameNode(person.name),
        person.role === 'cadre' && el('small', {}, texts.cadre),
        hasNamesake(person) && el('small', {}, numberOf(person)),
        !person.member && el('small', {}, texts.left),
      ),
    ),
    el('span', { className: 'member-act' }, actNode(person) ?? ''),
  );
}

function show() {
  const everybody = [...state.people.values()];
  const wanted = byId('members-search').value.trim().toLowerCase();
  const people = everybody.filter((p) => `${p.name} ${numberOf(p)}`.toLowerCase().includes(wanted));
  byId('members-count').textContent = texts.members(everybody.filter((p) => p.member).length);
  const nodes = people.length > 0 ? people.map(rowOf) : [el('li', { className: 'none' }, texts.noMatch)];
  byId('members').replaceChildren(...nodes);
}

export function startMembers() {
  on('who', show);
  on('people', show);
  byId('members-search').addEventListener('input', show);
  byId('join-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    await act('join', { name: byId('join-name').value });
    byId('join-name').value = '';
  });
}
