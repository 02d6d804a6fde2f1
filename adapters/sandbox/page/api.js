import { texts } from './texts.js';

/** A refusal of the sandbox, with its sentence for the person. */
export class Refused extends Error {}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused(texts.offline);
  }
  const body = await response.json().catch(() => undefined);
  if (!response.ok) throw new Refused(body?.error ?? texts.failed);
  return body;
}

/** Reads; `path` under /api. */
export const read = (path) => ask(`/api/${path}`);

/** Does; the body is JSON. */
export const act = (path, body) =>
  ask(`/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Sends a file's bytes. */
export const upload = (query, file) =>
  ask(`/api/upload?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
