import { setTimeout as wait } from 'node:timers/promises';
import { Api } from './api.ts';
import { Calls } from './calls.ts';
import { Limiter } from './limiter.ts';
import { type FeishuOptions, type Settings, settingsOf } from './options.ts';
import { Posts } from './posts.ts';
import { httpOf, loadSdk, type Sdk } from './sdk.ts';

/** Loads the SDK and makes what calls Feishu. Throws {@link FeishuError} for settings that cannot be. */
export async function openFeishu(options: FeishuOptions): Promise<{
  readonly sdk: Sdk;
  readonly settings: Settings;
  readonly api: Api;
  readonly posts: Posts;
  readonly limiter: Limiter;
}> {
  const settings = settingsOf(options);
  const sdk = await loadSdk();
  const monotonic = (): number => performance.now();
  const limiter = new Limiter(settings.limits, monotonic, (ms, signal) => wait(ms, undefined, { signal }));
  const calls = new Calls({
    http: httpOf(sdk, settings.domain, settings.timing.callMs),
    domain: settings.domain,
    appId: settings.appId,
    appSecret: settings.appSecret,
    limiter,
    now: settings.now,
  });
  return { sdk, settings, api: new Api(calls), posts: new Posts(calls, settings.timing.uploadMs), limiter };
}
