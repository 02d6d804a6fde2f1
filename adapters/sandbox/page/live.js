import { state, takeClock, takeEntry, takeTaken, takeWaiting } from './state.js';

/** Follows what is new, from the last event that was seen; comes back by itself after the program was away. */
export function follow() {
  let last = `${state.life}:${state.seq}`;
  let again = 500;

  const connect = () => {
    const source = new EventSource(`/api/live?${new URLSearchParams({ after: last })}`);
    const take = (name, handle) =>
      source.addEventListener(name, (event) => {
        if (event.lastEventId) last = event.lastEventId;
        handle(JSON.parse(event.data));
      });
    take('entry', takeEntry);
    take('taken', ({ id }) => takeTaken(id));
    take('waiting', ({ ids }) => takeWaiting(ids));
    take('clock', ({ now }) => takeClock(now));
    take('anew', () => location.reload());
    source.onopen = () => {
      again = 500;
      document.body.classList.remove('offline');
    };
    source.onerror = () => {
      document.body.classList.add('offline');
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(connect, again);
      again = Math.min(again * 2, 10_000);
    };
  };
  connect();
}
