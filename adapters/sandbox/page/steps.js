import { read } from './api.js';
import { propose } from './composer.js';
import { byId, el } from './dom.js';
import { closeDrawers } from './drawers.js';
import { cadre, me, on, open, state } from './state.js';
import { texts } from './texts.js';

let asked;
let shown;

/** Until the first answer the panel keeps its place empty; what has not changed is left as it is. */
async function refresh() {
  const hint = await read('hint').catch(() => undefined);
  const panel = byId('steps-panel');
  if (hint === undefined || JSON.stringify(hint) === shown) {
    panel.hidden ||= shown === undefined;
    return;
  }
  shown = JSON.stringify(hint);
  panel.hidden = !hint || hint.steps.length === 0;
  if (panel.hidden) return;
  panel.querySelector('h2').textContent = hint.title;
  byId('steps').replaceChildren(...hint.steps.map((step) => stepNode(step, hint.cadre)));
}

function stepNode(step, leader) {
  if (step.say === undefined) return el('li', {}, step.text);
  return el(
    'li',
    {},
    el('span', {}, step.text),
    el(
      'button',
      { type: 'button', onclick: () => take(step, leader), 'aria-label': `${texts.sayThis}：${step.say}` },
      el('code', {}, step.say),
    ),
  );
}

/** Becomes whoever should say it, in the right chat, and puts the text into the input. `leader`: the cadre's id. */
async function take({ say, as, where }, leader) {
  const lead = state.people.get(leader) ?? cadre();
  const isYouth = (person) => person.role === 'youth' && person.id !== lead?.id;
  const youth = isYouth(me()) ? me() : [...state.people.values()].find((p) => isYouth(p) && p.member);
  const person = as === 'cadre' ? lead : as === 'youth' ? youth : me();
  await open((person ?? me()).id, where ?? state.where);
  closeDrawers();
  propose(say);
}

export function startSteps() {
  void refresh();
  // The bot may propose something else after each thing that happened.
  const soon = () => {
    clearTimeout(asked);
    asked = setTimeout(() => void refresh(), 400);
  };
  on('who', soon);
  on('entry', soon);
  on('taken', soon);
  on('clock', soon);
}
