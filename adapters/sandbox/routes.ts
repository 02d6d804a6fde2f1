import { readFile } from 'node:fs/promises';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { join, leave, press, say, upload } from './acts.ts';
import { fontPath, pageAssets } from './assets.ts';
import type { Log } from './deliveries.ts';
import { Refusal } from './errors.ts';
import { maxFileBytes } from './files.ts';
import { guard, headers } from './guard.ts';
import type { Hint } from './hint.ts';
import { live, type Subscribe } from './live.ts';
import { movesFrom } from './moves.ts';
import { page } from './page.tsx';
import {
  type ClockRequest,
  clockRequest,
  entriesRequest,
  joinRequest,
  leaveRequest,
  maxJsonBytes,
  pressRequest,
  sayRequest,
  uploadRequest,
} from './requests.ts';
import type { Store } from './store.ts';
import { texts } from './texts.ts';
import { pageOf, stateView, viewOf } from './view.ts';

export interface Server {
  readonly store: Store;
  readonly now: () => number;
  readonly port: () => number;
  /** Runs what a person does in its turn; refuses while the sandbox stops. */
  readonly act: <T>(act: () => Promise<T>) => Promise<T>;
  readonly moveClock: (request: ClockRequest) => Promise<void>;
  readonly clockMoved: Subscribe;
  readonly hint: () => Promise<Hint | undefined>;
  readonly closing: AbortSignal;
  readonly log: Log;
}

/** The sandbox's web server: the page, what it reads, and what people do on it. */
export async function routes(server: Server): Promise<Hono> {
  const { store, now, act } = server;
  const { state } = store;
  const assets = await pageAssets();
  const app = new Hono();

  app.onError((error, c) => {
    const refusal = error instanceof Refusal ? error : new Refusal(500, texts.internal);
    if (refusal.status >= 500) {
      server.log.error({ path: c.req.path, error: String(error.cause ?? error) }, 'sandbox: request failed');
    }
    return answer(c, refusal);
  });
  app.notFound((c) => answer(c, new Refusal(404, texts.notFound)));
  app.use(headers, guard(server.port));

  app.get('/', (c) => {
    c.header('cache-control', 'no-cache');
    return c.html(page());
  });
  app.get('/page/:name', (c) => {
    const asset = assets.get(c.req.param('name'));
    if (!asset) return c.notFound();
    return c.body(asset.body, 200, { 'content-type': asset.type, 'cache-control': 'no-cache' });
  });
  app.get('/fonts/:name', async (c) => {
    const path = fontPath(c.req.param('name'));
    if (path === undefined) return c.notFound();
    return c.body(new Uint8Array(await readFile(path)), 200, {
      'content-type': 'font/ttf',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });
  app.get('/files/:id', async (c) => {
    const file = state.files.get(c.req.param('id'));
    const bytes = file && (await store.fileBytes(file));
    if (!file || !bytes) return c.notFound();
    const shown = file.type.startsWith('image/');
    const name = encodeURIComponent(file.name.replace(/\p{Cs}/gu, '\ufffd')).replace(
      /['()*]/g,
      (x) => `%${x.charCodeAt(0).toString(16)}`,
    );
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': file.type,
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });

  app.get('/api/state', (c) => c.json({ ...stateView(state), now: now() }));
  app.get('/api/entries', (c) => {
    const { kind, chat, before } = parsed(entriesRequest, c.req.query());
    return c.json(pageOf(state, { kind, id: chat }, before));
  });
  app.get('/api/text/:id', (c) => {
    const entry = state.byId.get(c.req.param('id'));
    if (entry?.type === 'said') return c.json({ text: entry.text });
    if (entry?.type === 'sent' && entry.content.type === 'text') return c.json({ text: entry.content.text });
    return c.notFound();
  });
  app.get('/api/live', live(store, now, server.closing, server.clockMoved));
  app.get('/api/hint', async (c) => c.json((await server.hint()) ?? null));
  app.get('/api/clock', (c) => c.json({ now: now(), moves: movesFrom(now()) }));

  const json = bodyLimit({
    maxSize: maxJsonBytes,
    onError: (c) => answer(c, new Refusal(413, texts.textTooLong)),
  });
  const bytes = bodyLimit({
    maxSize: maxFileBytes,
    onError: (c) => answer(c, new Refusal(413, texts.fileTooBig)),
  });
  app.post('/api/say', json, async (c) => {
    const request = parsed(sayRequest, await body(c));
    return c.json(viewOf(await act(() => say(store, request, now())), state));
  });
  app.post('/api/upload', bytes, async (c) => {
    const request = parsed(uploadRequest, c.req.query());
    const content = new Uint8Array(await c.req.arrayBuffer());
    const type = c.req.header('content-type') ?? '';
    return c.json(viewOf(await act(() => upload(store, request, content, type, now())), state));
  });
  app.post('/api/press', json, async (c) => {
    const request = parsed(pressRequest, await body(c));
    return c.json(viewOf(await act(() => press(store, request, now())), state));
  });
  app.post('/api/join', json, async (c) => {
    const request = parsed(joinRequest, await body(c));
    return c.json(await act(() => join(store, request, now())));
  });
  app.post('/api/leave', json, async (c) => {
    const { person } = parsed(leaveRequest, await body(c));
    return c.json(viewOf(await act(() => leave(store, person, now())), state));
  });
  app.post('/api/clock', json, async (c) => {
    const request = parsed(clockRequest, await body(c));
    await act(() => server.moveClock(request));
    return c.json({ now: now(), moves: movesFrom(now()) });
  });
  return app;
}

function answer(c: Context, refusal: Refusal): Response {
  if (c.req.path.startsWith('/api/')) return c.json({ error: refusal.message }, refusal.status);
  return c.text(refusal.message, refusal.status);
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new Refusal(400, texts.badRequest);
  return result.data;
}

async function body(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    throw new Refusal(400, texts.badRequest);
  }
}
