import { shownName } from './dom.js';
import { personOf } from './state.js';
import { texts } from './texts.js';

/** What an entry says in one line, without who says it. */
export function plainOf(entry) {
  switch (entry.type) {
    case 'said':
      return entry.kind === 'text'
        ? entry.text
        : `${texts.kinds[entry.kind] ?? ''}${shownName(entry.file?.name)}`;
    case 'sent': {
      const { content } = entry;
      if (content.type === 'text') return content.text;
      if (content.type === 'card') return `${texts.kinds.card}${content.title}\n${content.text}`;
      return content.type === 'image'
        ? `${texts.kinds.image}${content.alt}`
        : `${texts.kinds.file}${shownName(content.file.name)}`;
    }
    case 'pressed':
      return texts.pressed(shownName(personOf(entry.from).name), entry.label);
    case 'joined':
      return texts.joined(shownName(entry.person.name));
    case 'left':
      return texts.leftGroup(shownName(entry.person.name));
    default:
      return texts.added;
  }
}

/** One line with its speaker, for the list of chats and for being read out. */
export function summaryOf(entry) {
  const spoken = entry.type === 'said' || entry.type === 'sent';
  const text = plainOf(entry).slice(0, 300);
  return spoken ? texts.saidBy(shownName(personOf(entry.from).name), text) : text;
}
