import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { Refusal } from './errors.ts';
import { texts } from './texts.ts';

/**
 * Refuses what does not come from the sandbox's own page: another Host is DNS rebinding, another Origin another page
 * in the same browser. A request that changes something must carry the page's Origin, which browsers always send.
 */
export function guard(port: () => number): MiddlewareHandler {
  return async (c, next) => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`];
    if (!hosts.includes(c.req.header('host') ?? '')) throw new Refusal(403, texts.badHost);
    const origin = c.req.header('origin');
    const changes = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    if ((changes || origin !== undefined) && !hosts.some((host) => origin === `http://${host}`)) {
      throw new Refusal(403, texts.badOrigin);
    }
    await next();
  };
}

/** Nothing from outside, nothing inline, not in a frame, no type guessing. */
export const headers: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'blob:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  crossOriginResourcePolicy: 'same-origin',
  crossOriginOpenerPolicy: 'same-origin',
  strictTransportSecurity: false,
});
