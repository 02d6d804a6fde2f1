import { act, read } from './api.js';
import { byId, el } from './dom.js';
import { on, takeClock } from './state.js';
import { clockText, dateText, exactText, fieldOf, instantOf, longDate } from './time.js';

/** The bot's clock: what it was at the last word from the program, and how long ago that was. */
let told = 0;
let toldAt = 0;
let shownMinute = -1;

const now = () => told + (performance.now() - toldAt);

function tick() {
  if (told === 0) return;
  const ms = now();
  byId('clock').replaceChildren(
    el('span', { className: 'clock-date' }, longDate(ms)),
    el('span', { className: 'clock-time' }, exactText(ms)),
  );
  byId('chat-clock').textContent = `${dateText(ms)} ${clockText(ms)}`;
  const minute = Math.floor(ms / 60_000);
  if (minute !== shownMinute) {
    shownMinute = minute;
    void read('clock')
      .then(({ moves }) => showMoves(moves))
      .catch(() => undefined);
  }
}

function showMoves(moves) {
  const nodes = moves.map(({ name, label, to }) => {
    const note = name === 'hour' ? clockText(to) : `${dateText(to).split(' ')[0]} ${clockText(to)}`;
    return el(
      'li',
      {},
      el(
        'button',
        { type: 'button', onclick: () => move({ move: name }) },
        el('span', {}, label),
        el('small', {}, note),
      ),
    );
  });
  byId('moves').replaceChildren(...nodes);
  const field = byId('clock-to');
  field.min = fieldOf(now() + 60_000);
  if (field.value < field.min && document.activeElement !== field) field.value = fieldOf(now() + 3_600_000);
}

async function move(request) {
  const panel = byId('clock-panel');
  if (panel.getAttribute('aria-busy') === 'true') return;
  panel.setAttribute('aria-busy', 'true');
  byId('clock-busy').hidden = false;
  try {
    const { now: moved, moves } = await act('clock', request);
    takeClock(moved);
    showMoves(moves);
  } finally {
    panel.removeAttribute('aria-busy');
    byId('clock-busy').hidden = true;
  }
}

export function startClock() {
  on('clock', (clock) => {
    told = clock.now;
    toldAt = performance.now();
    tick();
  });
  setInterval(tick, 500);
  byId('clock-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void move({ to: instantOf(byId('clock-to').value) });
  });
}
