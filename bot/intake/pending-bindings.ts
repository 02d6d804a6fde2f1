/**
 * Binding rows that are heard and not done yet. What is said in a group behind one of them waits for it: whether it is
 * counted is decided by the binding, and an acknowledged message does not come again.
 */

interface Pending {
  readonly key: string;
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

export class PendingBindings {
  readonly #chats = new Map<string, Promise<unknown>>();
  readonly #pending = new Set<Pending>();
  #stopped = false;

  /** Settles when all that may bind the chat's group is done; none where nothing is pending. */
  of(chatId: string): Promise<unknown> | undefined {
    return this.#chats.get(chatId);
  }

  /** From now on the chat waits for the row of that key. What comes back ends this wait alone, well or with a fault. */
  add(chatId: string, key: string): Omit<Pending, 'key'> {
    let settle: Omit<Pending, 'key'> = { resolve() {}, reject() {} };
    const own = new Promise<void>((resolve, reject) => {
      settle = { resolve, reject };
    });
    const pending = { key, ...settle };
    this.#pending.add(pending);
    const all = Promise.all([own, this.#chats.get(chatId)]);
    this.#chats.set(chatId, all);
    const forget = () => {
      this.#pending.delete(pending);
      if (this.#chats.get(chatId) === all) this.#chats.delete(chatId);
    };
    // Perhaps nobody waits: a fault is theirs who do.
    all.then(forget, forget);
    if (this.#stopped) pending.reject(stopping());
    return pending;
  }

  /** The row of that key is done, and what is known of its group is of after it. */
  done(key: string): void {
    for (const pending of this.#pending) if (pending.key === key) pending.resolve();
  }

  /** Nothing waits any more: whatever does is rejected, to be delivered again. */
  stop(): void {
    this.#stopped = true;
    for (const pending of this.#pending) pending.reject(stopping());
  }
}

function stopping(): Error {
  return new Error('the bot stops before a binding is done');
}
