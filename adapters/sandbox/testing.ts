/** A sandbox for tests, and its page's own ways to act on it and to look at it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlatformEvent } from '../adapter.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The sandbox's group. */
export const group = { kind: 'group', id: 'group' } as const;
/** When a test begins; milliseconds since the epoch. */
export const noon = Date.parse('2026-09-18T12:00:00+08:00');

/** Acts on a sandbox's page as the page itself does. */
export async function post(
  sandbox: Sandbox,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${sandbox.url}api/${path}`, {
    method: 'POST',
    headers: { origin: sandbox.url.slice(0, -1), 'content-type': 'application/json', ...headers },
    body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { error?: string; id?: string } };
}

/** An entry of a conversation as the page sees it. */
export interface SeenEntry {
  readonly id: string;
  readonly type: string;
  readonly quote?: { readonly id: string };
  readonly content?: {
    readonly text?: string;
    readonly title?: string;
    readonly fields?: readonly { readonly label: string; readonly value: string }[];
    readonly buttons?: readonly { readonly label: string }[];
  };
}

/** What the page sees of a chat. */
export async function entries(sandbox: Sandbox, kind: string, chat: string): Promise<readonly SeenEntry[]> {
  const response = await fetch(`${sandbox.url}api/entries?${new URLSearchParams({ kind, chat })}`);
  return ((await response.json()) as { entries: readonly SeenEntry[] }).entries;
}

type Options = Partial<Parameters<typeof createSandbox>[0]>;

/** A new folder for a sandbox's data. */
export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sandbox-'));
}

/** Opens a sandbox over a folder, by the real clock unless told otherwise. */
export function open(dataDir: string, more: Options = {}): Promise<Sandbox> {
  return createSandbox({
    dataDir,
    port: 0,
    now: Date.now,
    advance: async (_, heard) => heard(),
    log: silent,
    retryMs: 1,
    ...more,
  });
}

/** A started sandbox whose clock stands at `clock`, with everything that it told its bot in `events`. */
export class Place {
  clock = noon;
  events: PlatformEvent[] = [];
  dataDir = '';
  sandbox!: Sandbox;

  readonly sink = async (event: PlatformEvent): Promise<void> => {
    this.events.push(event);
  };

  static async begin(): Promise<Place> {
    const place = new Place();
    place.dataDir = await newFolder();
    await place.start();
    return place;
  }

  /** Opens the folder, as it is by now, without starting. */
  open(more: Options = {}): Promise<Sandbox> {
    return open(this.dataDir, {
      now: () => this.clock,
      advance: async (to, heard) => {
        this.clock = to;
        await heard();
      },
      ...more,
    });
  }

  async start(more: Options = {}, sink = this.sink): Promise<void> {
    this.events = [];
    this.sandbox = await this.open(more);
    await this.sandbox.start(sink);
  }

  async restart(): Promise<void> {
    await this.sandbox.stop();
    await this.start();
  }

  ofType(type: PlatformEvent['type']): readonly PlatformEvent[] {
    return this.events.filter((event) => event.type === type);
  }

  post(path: string, body: unknown, headers?: Record<string, string>) {
    return post(this.sandbox, path, body, headers);
  }

  entries(kind: string, chat: string) {
    return entries(this.sandbox, kind, chat);
  }

  async end(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
