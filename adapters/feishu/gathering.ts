import { Agent, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * The agent of the long connection: it lets the acknowledgements of one turn of the event loop leave in one write,
 * where the SDK makes one for each, the dearest thing that it does with an event.
 */
export class GatheringAgent extends Agent {
  #socket: Duplex | undefined;
  #gathering = false;

  /** Connects as the SDK's WebSocket client itself would, plain or with TLS. */
  override createConnection(
    options: ClientRequestArgs,
    done?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined {
    const connect = options.createConnection ?? super.createConnection.bind(this);
    const socket = connect(options, done ?? (() => undefined)) ?? undefined;
    this.#socket = socket;
    return socket;
  }

  /** What is written in this turn of the event loop leaves at its end, together. */
  gather(): void {
    const socket = this.#socket;
    if (this.#gathering || !socket) return;
    this.#gathering = true;
    socket.cork();
    setImmediate(() => {
      this.#gathering = false;
      socket.uncork();
    });
  }
}
