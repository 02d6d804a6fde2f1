import type { Handler } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { SandboxRecord } from './records.ts';
import type { Store } from './store.ts';
import { viewOf } from './view.ts';

/** Real time between two ticks of the page's clock, which also keep the connection alive. */
const tickMs = 15_000;
/** A tab that has fallen this many events behind is cut off; it comes back by itself and reads on from its last one. */
const mostQueued = 2_000;

/**
 * The stream of everything new. An event's id is `life:seq`; a browser that comes back names the last one it saw and
 * misses nothing. When it saw another life (the data were deleted since), it is told to load anew.
 */
export function live(store: Store, now: () => number, closing: AbortSignal, clockMoved: Subscribe): Handler {
  return (c) => {
    const last = c.req.header('last-event-id') ?? c.req.query('after') ?? '';
    return streamSSE(c, async (stream) => {
      const { state } = store;
      let queued = 0;
      let finish = (): void => undefined;
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const push = (event: string, data: object, seq?: number): void => {
        if (++queued > mostQueued) {
          finish();
          return;
        }
        const id = seq === undefined ? {} : { id: `${state.life}:${seq}` };
        void stream.writeSSE({ event, data: JSON.stringify(data), ...id }).finally(() => queued--);
      };
      const tell = (record: SandboxRecord): void => {
        if (record.type === 'taken') push('taken', { id: record.id }, record.seq);
        else if (record.type !== 'created') push('entry', viewOf(record, state), record.seq);
      };
      const tick = (): void => push('clock', { now: now() });

      const [life, seq] = last.split(':');
      if (life !== state.life) {
        push('anew', {});
        return;
      }
      push('waiting', { ids: [...state.pending.keys()] });
      for (const entry of state.entries) if (entry.seq > Number(seq)) tell(entry);
      tick();

      const unwatch = store.watch(tell);
      const unsubscribe = clockMoved(tick);
      const timer = setInterval(tick, tickMs);
      stream.onAbort(finish);
      closing.addEventListener('abort', finish);
      if (closing.aborted) finish();
      await finished;
      closing.removeEventListener('abort', finish);
      clearInterval(timer);
      unsubscribe();
      unwatch();
    });
  };
}

/** Registers a listener; the returned function takes it off again. */
export type Subscribe = (listener: () => void) => () => void;
