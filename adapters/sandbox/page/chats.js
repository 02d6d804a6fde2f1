import { avatar, byId, el, nameNode, shownName } from './dom.js';
import { keyOf, me, on, open, personOf, state } from './state.js';
import { summaryOf } from './summary.js';
import { texts } from './texts.js';
import { clockText } from './time.js';

const roleOf = (person) => (person.role === 'cadre' ? texts.cadre : texts.youth);

function row(where, title, picture, entry) {
  const key = keyOf(where, state.as);
  const unread = state.unread.get(key) ?? 0;
  return el(
    'li',
    {},
    el(
      'button',
      {
        type: 'button',
        className: 'row chat-row',
        'aria-current': state.where === where ? 'true' : undefined,
        onclick: () => open(state.as, where),
      },
      picture,
      el(
        'span',
        { className: 'row-text' },
        el(
          'span',
          { className: 'row-top' },
          el('strong', {}, title),
          entry && el('time', {}, clockText(entry.at)),
        ),
        el('span', { className: 'row-note' }, entry ? summaryOf(entry) : ''),
      ),
      unread > 0 && el('span', { className: 'badge' }, String(unread)),
    ),
  );
}

function showChats() {
  const group = state.chats.get('group')?.entries.at(-1);
  const own = state.chats.get(keyOf('private', state.as))?.entries.at(-1);
  const groupPicture = el('span', { className: 'avatar group', 'aria-hidden': 'true' }, '群');
  byId('chats').replaceChildren(
    row('group', texts.group, groupPicture, group),
    row('private', texts.privateWithBot, avatar(personOf('bot')), own),
  );
  showOthers();
  const elsewhere = [...state.unread.values()].some((n) => n > 0);
  byId('open-left').querySelector('.dot').hidden = !elsewhere;
}

/** Somebody who is not being played got a private message: what makes a reminder to the cadre visible. */
function showOthers() {
  const rows = [];
  for (const [key, count] of state.unread) {
    const id = key.startsWith('private:') ? key.slice(8) : '';
    if (id === '' || id === state.as) continue;
    const person = personOf(id);
    rows.push(
      el(
        'li',
        {},
        el(
          'button',
          { type: 'button', className: 'row', onclick: () => open(id, 'private') },
          avatar(person, 'small'),
          el(
            'span',
            { className: 'row-text' },
            nameNode(person.name),
            el('small', {}, texts.newPrivate(count)),
          ),
          el('span', { className: 'row-go' }, texts.playAs('TA')),
        ),
      ),
    );
  }
  byId('others').hidden = rows.length === 0;
  byId('others-list').replaceChildren(...rows);
}

function showPersona() {
  const person = me();
  byId('who-avatar').replaceChildren(avatar(person));
  byId('who-name').replaceChildren(nameNode(person.name), `（${roleOf(person)}）`);
  byId('who-open').setAttribute(
    'aria-label',
    texts.changeWho(texts.youAre(shownName(person.name), roleOf(person))),
  );
}

export function startChats() {
  on('who', () => {
    showPersona();
    showChats();
  });
  on('unread', showChats);
  on('entry', showChats);
}
