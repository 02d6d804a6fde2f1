import { byId } from './dom.js';
import { on } from './state.js';

/** On narrow windows the side columns are drawers: one open at a time, Escape and the dark rest close them. */
const wide = { left: matchMedia('(min-width: 761px)'), right: matchMedia('(min-width: 1101px)') };
const sides = Object.keys(wide);

function settle() {
  let anyOpen = false;
  for (const side of sides) {
    const node = byId(side);
    const drawer = !wide[side].matches;
    if (!drawer) node.classList.remove('open');
    const open = node.classList.contains('open');
    anyOpen ||= open;
    node.inert = drawer && !open;
    byId(`open-${side}`).setAttribute('aria-expanded', String(open));
  }
  byId('scrim').hidden = !anyOpen;
}

/** Closes both drawers. */
export function closeDrawers() {
  for (const side of sides) byId(side).classList.remove('open');
  settle();
}

function openDrawer(side) {
  closeDrawers();
  byId(side).classList.add('open');
  settle();
  byId(`close-${side}`).focus();
}

export function startDrawers() {
  for (const side of sides) {
    byId(`open-${side}`).addEventListener('click', () => openDrawer(side));
    byId(`close-${side}`).addEventListener('click', () => {
      closeDrawers();
      byId(`open-${side}`).focus();
    });
    wide[side].addEventListener('change', settle);
  }
  byId('scrim').addEventListener('click', closeDrawers);
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !document.querySelector('dialog[open]')) closeDrawers();
  });
  on('who', closeDrawers);
  settle();
}
