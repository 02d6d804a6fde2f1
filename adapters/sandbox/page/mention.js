import { avatar, byId, el, nameNode } from './dom.js';
import { hasNamesake, numberOf, personOf, state } from './state.js';
import { texts } from './texts.js';

/** How many people the list shows at once; typing narrows it. */
const mostShown = 30;

const input = () => byId('input');
const picker = () => byId('picker');
/** Who was picked, in the order of picking: a name alone does not tell namesakes apart. */
let picked = [];
let choices = [];
let active = 0;

/** Where the `@` being typed begins and what follows it; undefined when none is being typed. */
function typed() {
  const end = input().selectionStart;
  const found = /@([^@\s]{0,40})$/u.exec(input().value.slice(0, end));
  return found && { start: found.index, end, word: found[1].toLowerCase() };
}

/** Offers people while an `@` is being typed in the group. */
export function showPicker() {
  const at = state.where === 'group' ? typed() : undefined;
  if (!at) {
    closePicker();
    return;
  }
  const people = [
    personOf('bot'),
    ...[...state.people.values()].filter((p) => p.member && p.id !== state.as),
  ];
  choices = people
    .filter((p) => `${p.name} ${p.bot ? '' : numberOf(p)}`.toLowerCase().includes(at.word))
    .slice(0, mostShown);
  active = 0;
  picker().replaceChildren(...choices.map(choiceNode));
  picker().hidden = choices.length === 0;
  input().setAttribute('aria-expanded', String(choices.length > 0));
  mark();
}

function choiceNode(person, i) {
  const node = el(
    'div',
    { id: `pick-${i}`, role: 'option', 'aria-selected': 'false' },
    avatar(person, 'small'),
    nameNode(person.name),
    person.bot && el('small', {}, texts.botBadge),
    person.role === 'cadre' && el('small', {}, texts.cadre),
    !person.bot && hasNamesake(person) && el('small', {}, numberOf(person)),
  );
  // Before the input loses its focus.
  node.addEventListener('pointerdown', (event) => event.preventDefault());
  node.addEventListener('click', () => pick(person));
  return node;
}

function mark() {
  for (const [i, node] of [...picker().children].entries()) {
    node.setAttribute('aria-selected', String(i === active));
    if (i === active) node.scrollIntoView({ block: 'nearest' });
  }
  if (picker().hidden) input().removeAttribute('aria-activedescendant');
  else input().setAttribute('aria-activedescendant', `pick-${active}`);
}

function pick(person) {
  const at = typed();
  if (!at) return;
  picked.push(person);
  input().setRangeText(`@${person.name} `, at.start, at.end, 'end');
  closePicker();
  input().focus();
}

export function closePicker() {
  picker().hidden = true;
  input().setAttribute('aria-expanded', 'false');
  mark();
}

/** Whether the key was for the list. */
export function pickerKey(event) {
  if (picker().hidden) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    active = (active + step + choices.length) % choices.length;
    mark();
  } else if (event.key === 'Enter' || event.key === 'Tab') {
    pick(choices[active]);
  } else if (event.key === 'Escape') {
    closePicker();
  } else {
    return false;
  }
  event.preventDefault();
  return true;
}

/**
 * The ids of those whom the text still mentions. The bot, and a name that only one member bears, count also when
 * typed by hand in full.
 */
export function mentionedIn(text) {
  if (state.where !== 'group') return [];
  const ids = new Set(picked.filter((p) => text.includes(`@${p.name}`)).map((p) => p.id));
  picked = [];
  const pickedNames = new Set([...ids].map((id) => personOf(id).name));
  for (const person of [personOf('bot'), ...state.people.values()]) {
    if ((person.bot || person.member) && !pickedNames.has(person.name) && spelled(text, person.name)) {
      if (person.bot || !hasNamesake(person)) ids.add(person.id);
    }
  }
  return [...ids].slice(0, 200);
}

/** Whether `@name` stands in the text as a whole word. */
function spelled(text, name) {
  const mention = `@${name}`;
  for (let at = text.indexOf(mention); at >= 0; at = text.indexOf(mention, at + 1)) {
    const after = text.slice(at + mention.length);
    if (after === '' || /^[\s\p{P}]/u.test(after)) return true;
  }
  return false;
}

export function startPicker() {
  input().addEventListener('blur', closePicker);
  input().addEventListener('click', showPicker);
}
