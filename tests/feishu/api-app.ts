import { allScopes } from './app.ts';
import { type Call, jsonOf, type Routes } from './call.ts';
import { ApiError } from './faults.ts';
import type { Tenant } from './tenant.ts';
import type { User } from './world.ts';

function usersOf(ids: readonly unknown[], call: Call, tenant: Tenant): { id: string; user: User }[] {
  const idType = call.query.get('user_id_type') ?? 'open_id';
  return ids.flatMap((id) => {
    const user = tenant.world.findUser(String(id), idType);
    return user ? [{ id: String(id), user }] : [];
  });
}

/** A person as the contact API shows them: without the scope for it, there is no name. */
function contact(user: User, tenant: Tenant): Record<string, unknown> {
  const named = tenant.app.scopes.has('contact:user.base:readonly');
  return { open_id: user.openId, union_id: user.unionId, ...(named ? { name: user.name } : {}) };
}

/** The app itself: its token, its bot, its scopes and versions; and the names of people. */
export const appRoutes: Routes = {
  'POST /open-apis/auth/v3/tenant_access_token/internal': (call, { tenant }) => {
    const body = jsonOf(call);
    if (body.app_id !== tenant.app.appId) throw new ApiError(10003);
    if (body.app_secret !== tenant.app.appSecret) throw new ApiError(10014);
    const token = tenant.app.token(tenant.clock());
    return { whole: { code: 0, msg: 'ok', tenant_access_token: token.value, expire: token.seconds } };
  },
  'GET /open-apis/bot/v3/info': (_call, { tenant }) => {
    const { app } = tenant;
    if (!app.botEnabled) throw new ApiError(11205, 'app do not have bot', { http: 200 });
    return {
      whole: {
        code: 0,
        msg: 'ok',
        bot: {
          activate_status: app.activated ? 2 : 0,
          app_name: app.name,
          avatar_url: '',
          ip_white_list: [],
          open_id: app.botOpenId,
        },
      },
    };
  },
  'GET /open-apis/application/v6/scopes': (_call, { tenant }) => {
    const names = new Set<string>([...allScopes, ...tenant.app.scopes]);
    return {
      data: {
        scopes: [...names].map((name) => ({
          scope_name: name,
          scope_type: 'tenant',
          grant_status: tenant.app.scopes.has(name) ? 1 : 2,
        })),
      },
    };
  },
  'GET /open-apis/application/v6/applications/:app_id': (call, { tenant }) => {
    const { app } = tenant;
    app.need('application:application:self_manage', 'admin:app.info:readonly');
    if (call.params.app_id !== app.appId && call.params.app_id !== 'me') {
      throw new ApiError(210504, 'app_id invalid');
    }
    return {
      data: {
        app: {
          app_id: app.appId,
          app_name: app.name,
          status: 1,
          scene_type: 0,
          online_version_id: 'oav_1',
          scopes: [...app.scopes].map((scope) => ({ scope, description: scope, level: 1 })),
          callback_info: {
            callback_type: app.callbackWay,
            subscribed_callbacks: [...app.events].filter((event) => event.startsWith('card.')),
          },
          event: {
            subscription_type: app.eventWay,
            subscribed_events: [...app.events].filter((event) => event.startsWith('im.')),
          },
        },
      },
    };
  },
  'GET /open-apis/application/v6/applications/:app_id/app_versions/:version_id': (call, { tenant }) => {
    const { app } = tenant;
    app.need('application:application:self_manage', 'application:application.app_version:readonly');
    const events = [...app.events].filter((event) => event.startsWith('im.'));
    return {
      data: {
        app_version: {
          app_id: app.appId,
          version: '1.0.0',
          version_id: call.params.version_id,
          app_name: app.name,
          status: 1,
          scopes: [...app.scopes].map((scope) => ({ scope })),
          events,
          event_infos: events.map((event_type) => ({ event_type, event_name: event_type })),
          ability: app.botEnabled ? { bot: { card_request_url: '' } } : {},
        },
      },
    };
  },
  'POST /open-apis/contact/v3/users/basic_batch': (call, { tenant }) => {
    tenant.app.need('contact:user.basic_profile:readonly', 'contact:user.base:readonly');
    const ids = jsonOf(call).user_ids;
    if (!Array.isArray(ids) || ids.length === 0 || ids.length > 10) throw new ApiError(99992402);
    return {
      data: {
        users: usersOf(ids, call, tenant).map(({ id, user }) => ({
          user_id: id,
          name: user.name,
          i18n_name: { zh_cn: user.name },
        })),
      },
    };
  },
  'GET /open-apis/contact/v3/users/batch': (call, { tenant }) => {
    tenant.app.need('contact:contact.base:readonly', 'contact:contact:readonly_as_app');
    const ids = call.query.getAll('user_ids');
    if (ids.length === 0 || ids.length > 50) throw new ApiError(99992402);
    return {
      data: { items: usersOf(ids, call, tenant).map(({ user }) => contact(user, tenant)) },
    };
  },
  'GET /open-apis/contact/v3/users/:user_id': (call, { tenant }) => {
    tenant.app.need('contact:contact.base:readonly', 'contact:contact:readonly_as_app');
    const [found] = usersOf([call.params.user_id], call, tenant);
    if (!found) throw new ApiError(41050, 'no user authority error', { http: 403 });
    return { data: { user: contact(found.user, tenant) } };
  },
};
