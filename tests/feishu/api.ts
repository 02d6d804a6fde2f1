import { appRoutes } from './api-app.ts';
import { chatRoutes } from './api-chats.ts';
import { fileRoutes } from './api-files.ts';
import { messageRoutes } from './api-messages.ts';
import type { Call, Context, Handler, Result } from './call.ts';
import { ApiError } from './faults.ts';

interface Route {
  readonly template: string;
  readonly method: string;
  readonly parts: readonly string[];
  readonly handler: Handler;
}

const routes: readonly Route[] = Object.entries({
  ...appRoutes,
  ...messageRoutes,
  ...chatRoutes,
  ...fileRoutes,
}).map(([template, handler]) => {
  const [method = '', path = ''] = template.split(' ');
  return { template, method, parts: path.split('/'), handler };
});

/** Paths that need no token. */
const open = new Set(['POST /open-apis/auth/v3/tenant_access_token/internal']);

function match(method: string, path: string): { route: Route; params: Record<string, string> } | undefined {
  const parts = path.split('/');
  for (const route of routes) {
    if (route.method !== method || route.parts.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = route.parts.every((part, i) => {
      const given = parts[i] ?? '';
      if (!part.startsWith(':')) return part === given;
      params[part.slice(1)] = decodeURIComponent(given);
      return given !== '';
    });
    if (fits) return { route, params };
  }
  return undefined;
}

/** The route that a call goes to, as `METHOD /path/:parameter`; the path itself where there is none. */
export function routeOf(method: string, path: string): string {
  return match(method, path)?.route.template ?? `${method} ${path}`;
}

/** Does what a call asks. Throws {@link ApiError}. */
export async function perform(call: Omit<Call, 'params'>, context: Context): Promise<Result> {
  const found = match(call.method, call.path);
  if (!found) throw new ApiError(404, '404 page not found', { http: 404 });
  const { tenant, limits } = context;
  if (!open.has(found.route.template)) tenant.app.authorize(call.headers.authorization, tenant.clock());
  limits.perApi(found.route.template);
  return found.route.handler({ ...call, params: found.params }, context);
}
