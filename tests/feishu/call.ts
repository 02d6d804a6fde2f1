import { ApiError } from './faults.ts';
import type { Limits } from './limits.ts';
import type { Tenant } from './tenant.ts';

/** One call of the API. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** The path's parameters, by the names in the route. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** Bytes instead of JSON. */
export interface Download {
  readonly bytes: Buffer;
  readonly name: string;
}

/** What a handler gives back: `data` of the answer, the whole answer, or bytes. */
export type Result =
  | { readonly data: unknown }
  | { readonly whole: unknown }
  | { readonly download: Download };

export interface Context {
  readonly tenant: Tenant;
  readonly limits: Limits;
}

export type Handler = (call: Call, context: Context) => Result | Promise<Result>;

/** `METHOD /path/:parameter` to handler. */
export type Routes = Readonly<Record<string, Handler>>;

/** The JSON body of a call; throws code 99992402 where it is not an object. */
export function jsonOf(call: Call): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(call.body.toString() || '{}');
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through: not JSON.
  }
  throw new ApiError(99992402);
}

/** A text field of a body; throws code 99992402 where it is missing or too long. */
export function textOf(body: Record<string, unknown>, name: string, most = Number.POSITIVE_INFINITY): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '' || value.length > most) {
    throw new ApiError(99992402, `field validation failed: ${name}`);
  }
  return value;
}

/** One page of a list. The token says where the page begins, and is good for this list only. */
export function pageOf<T>(
  all: readonly T[],
  query: URLSearchParams,
  usual: number,
  most: number,
): { readonly items: T[]; readonly has_more: boolean; readonly page_token: string } {
  const size = Number(query.get('page_size') ?? usual);
  if (!Number.isInteger(size) || size < 1 || size > most)
    throw new ApiError(99992402, 'page_size is invalid');
  const token = query.get('page_token') ?? '';
  const from = token === '' ? 0 : Number(Buffer.from(token, 'base64url').toString().replace(/^at:/, ''));
  if (!Number.isInteger(from) || from < 0) throw new ApiError(99992402, 'page_token is invalid');
  const more = from + size < all.length;
  return {
    items: all.slice(from, from + size),
    has_more: more,
    page_token: more ? Buffer.from(`at:${from + size}`).toString('base64url') : '',
  };
}
