import { act, Refused, upload } from './api.js';
import { byId, shownName, toast } from './dom.js';
import { closePicker, mentionedIn, pickerKey, showPicker, startPicker } from './mention.js';
import { me, on, personOf, state, takeEntry } from './state.js';
import { plainOf } from './summary.js';
import { texts } from './texts.js';

const mostText = 1024 * 1024;
const mostFile = 10 * 1024 * 1024;

const input = () => byId('input');
const chatId = () => `${state.as} ${state.where}`;
/** What was being written, by person and chat. */
const drafts = new Map();
let quoting;
let shownChat = '';

function grow() {
  input().style.height = 'auto';
  input().style.height = `${Math.min(input().scrollHeight + 2, 180)}px`;
}

function setText(text) {
  input().value = text;
  input().dispatchEvent(new Event('input'));
}

/** Puts a text into the input, ready to be sent. */
export function propose(text) {
  setText(text);
  input().focus();
  input().setSelectionRange(text.length, text.length);
}

/** The next message will quote this one. */
export function startQuote(entry) {
  quoting = entry;
  byId('quote-text').textContent = texts.saidBy(
    shownName(personOf(entry.from).name),
    plainOf(entry).slice(0, 120),
  );
  byId('quote').hidden = false;
  input().focus();
}

function endQuote() {
  quoting = undefined;
  byId('quote').hidden = true;
}

async function send() {
  const text = input().value;
  if (text.trim() === '') return;
  if (new Blob([text]).size > mostText) {
    toast(texts.textTooLong);
    return;
  }
  const quote = quoting;
  const body = { as: state.as, where: state.where, text, mentions: mentionedIn(text), quote: quote?.id };
  setText('');
  endQuote();
  try {
    takeEntry(await act('say', body));
  } catch (error) {
    // What could not be sent comes back into the input, unless something else is being written by now.
    if (input().value === '' && body.as === state.as && body.where === state.where) {
      setText(text);
      if (quote) startQuote(quote);
    }
    throw error;
  }
}

async function sendFiles(files) {
  const quote = quoting;
  endQuote();
  for (const file of files) {
    if (file.size > mostFile) {
      toast(texts.fileTooBig(shownName(file.name)));
      continue;
    }
    const query = {
      as: state.as,
      where: state.where,
      name: file.name || 'file',
      ...(quote ? { quote: quote.id } : {}),
    };
    try {
      takeEntry(await upload(query, file));
    } catch (error) {
      toast(error instanceof Refused ? error.message : texts.failed);
    }
  }
}

/** Keeps the draft of the chat that is left and brings back that of the one that is opened. */
function changeChat() {
  const outside = state.where === 'group' && me().member === false;
  byId('tools').hidden = outside;
  byId('outside').hidden = !outside;
  byId('at').hidden = state.where !== 'group';
  if (chatId() === shownChat) return;
  if (shownChat !== '') drafts.set(shownChat, input().value);
  shownChat = chatId();
  endQuote();
  closePicker();
  setText(drafts.get(shownChat) ?? '');
}

export function startComposer() {
  startPicker();
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    closePicker();
    void send();
  });
  input().addEventListener('keydown', (event) => {
    // While an input method composes, Enter belongs to it (229 is what some of them send instead).
    if (event.isComposing || event.keyCode === 229) return;
    if (pickerKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
    if (event.key === 'Escape' && quoting) endQuote();
  });
  input().addEventListener('input', () => {
    grow();
    showPicker();
  });
  byId('at').addEventListener('click', () => {
    const { selectionStart: at, value } = input();
    input().setRangeText('@', at, at, 'end');
    if (value === '' || at >= 0) input().focus();
    input().dispatchEvent(new Event('input'));
  });
  byId('quote-off').addEventListener('click', endQuote);
  byId('come-back').addEventListener('click', () => void act('join', { person: state.as }));
  for (const id of ['image', 'file']) {
    byId(id).addEventListener('change', () => {
      void sendFiles([...byId(id).files]);
      byId(id).value = '';
    });
  }
  input().addEventListener('paste', (event) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    void sendFiles([...event.clipboardData.files]);
  });
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length > 0) void sendFiles([...event.dataTransfer.files]);
  });
  on('who', changeChat);
  on('people', changeChat);
}
