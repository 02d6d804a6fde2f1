import { read } from './api.js';
import { propose } from './composer.js';
import { byId, el } from './dom.js';
import { closeDrawers } from './drawers.js';
import { cadre, me, on, open, state } from './state.js';
import { texts } from './texts.js';

let asked;

async function refresh() {
  const hint = await read('hint').catch(() => undefined);
  const panel = byId('steps-panel');
  panel.hidden = !hint || hint.steps.length === 0;
  if (panel.hidden) return;
  panel.querySelector('h2').textContent = hint.title;
  byId('steps').replaceChildren(...hint.steps.map(stepNode));
}

function stepNode(step) {
  if (step.say === undefined) return el('li', {}, step.text);
  return el(
    'li',
    {},
    el('span', {}, step.text),
    el(
      'button',
      { type: 'button', onclick: () => take(step), 'aria-label': `${texts.sayThis}：${step.say}` },
      el('code', {}, step.say),
    ),
  );
}

/** Becomes whoever should say it, in the right chat, and puts the text into the input. */
async function take({ say, as, where }) {
  const youth =
    me().role === 'youth' ? me() : [...state.people.values()].find((p) => p.role === 'youth' && p.member);
  const person = as === 'cadre' ? cadre() : as === 'youth' ? youth : me();
  await open((person ?? me()).id, where ?? state.where);
  closeDrawers();
  propose(say);
}

export function startSteps() {
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
