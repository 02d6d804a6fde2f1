import type { Api, Subscriptions } from './api.ts';
import { LongConnection } from './connection.ts';
import { FeishuError, faultOf, isScopeMissing } from './errors.ts';
import { GatheringAgent } from './gathering.ts';
import { openFeishu } from './open.ts';
import type { FeishuOptions, Mode, Settings } from './options.ts';
import { requiredCallback, requiredEvents, requiredScopes, selfScope } from './requirements.ts';
import { type Sdk, sdkLogger } from './sdk.ts';
import { checkTexts, texts } from './texts.ts';

/** One thing that was tried. All but `ok` is Chinese for the person at the terminal. */
export interface Finding {
  readonly name: string;
  /** Undefined where it could not be told. */
  readonly ok: boolean | undefined;
  readonly found: string;
  /** What to do and where to click; empty when all is well. */
  readonly advice: string;
}

/** How long one connection is tried, in milliseconds. */
const connectMs = 15_000;

/**
 * Tries what the bot needs at Feishu: credentials, bot ability, scopes, subscribed events and the connection; for
 * `lianqing feishu check`. Sends nothing into any chat. Does not throw: settings that cannot be are a finding.
 */
export async function checkFeishu(options: FeishuOptions): Promise<readonly Finding[]> {
  let opened: Awaited<ReturnType<typeof openFeishu>>;
  try {
    opened = await openFeishu(options);
  } catch (error) {
    return [failure(checkTexts.settings, error)];
  }
  const { api, sdk, settings, limiter } = opened;
  try {
    try {
      await api.authorize();
    } catch (error) {
      return [failure(checkTexts.credentials, error)];
    }
    return [
      fine(checkTexts.credentials, checkTexts.credentialsGood),
      await bot(api),
      ...(await scopes(api)),
      ...(await events(api, settings)),
      await connection(sdk, settings),
    ];
  } finally {
    limiter.stop();
  }
}

function fine(name: string, found: string): Finding {
  return { name, ok: true, found, advice: '' };
}

function failure(name: string, error: unknown): Finding {
  if (!(error instanceof FeishuError))
    return { name, ok: false, found: faultOf(error), advice: texts.unreachable };
  const found = error.code === undefined ? checkTexts.noCode : checkTexts.code(error.code);
  return { name, ok: false, found, advice: error.forPerson };
}

async function bot(api: Api): Promise<Finding> {
  try {
    const { name, active } = await api.bot();
    if (!active) {
      return { name: checkTexts.bot, ok: false, found: checkTexts.botInactive, advice: checkTexts.publish };
    }
    return fine(checkTexts.bot, checkTexts.botGood(name ?? ''));
  } catch (error) {
    return failure(checkTexts.bot, error);
  }
}

async function scopes(api: Api): Promise<readonly Finding[]> {
  let granted: ReadonlySet<string>;
  try {
    granted = await api.scopes();
  } catch (error) {
    return [{ ...failure(checkTexts.scopes, error), ok: undefined, advice: checkTexts.scopesByHand }];
  }
  return requiredScopes.map(({ scopes: anyOf, title, why }) => {
    const name = checkTexts.scope(title);
    const held = anyOf.find((scope) => granted.has(scope));
    if (held) return fine(name, checkTexts.granted(held));
    return {
      name,
      ok: false,
      found: checkTexts.notGranted(anyOf[0]),
      advice: checkTexts.grant(anyOf[0], why),
    };
  });
}

async function events(api: Api, settings: Settings): Promise<readonly Finding[]> {
  let told: Subscriptions;
  try {
    told = await api.subscriptions(settings.appId);
  } catch (error) {
    const missing = error instanceof FeishuError && isScopeMissing(error.code);
    return [
      {
        name: checkTexts.events,
        ok: undefined,
        found: missing ? checkTexts.eventsHidden(selfScope) : checkTexts.eventsUnknown,
        advice: checkTexts.eventsByHand,
      },
    ];
  }
  const missing = [...requiredEvents, requiredCallback].filter(({ type }) => !told.events.has(type));
  const findings: Finding[] = [
    missing.length === 0
      ? fine(checkTexts.events, checkTexts.eventsGood)
      : {
          name: checkTexts.events,
          ok: false,
          found: checkTexts.eventsMissing(missing.map(({ type, title }) => `${title}（${type}）`)),
          advice: checkTexts.subscribe,
        },
  ];
  const way = wayOf(settings.mode);
  for (const [of, is] of [
    ['event', told.way],
    ['callback', told.callbackWay],
  ] as const) {
    if (is === undefined || is === way) continue;
    const { name, place } = checkTexts.ways[of];
    findings.push({
      name,
      ok: false,
      found: checkTexts.wayIs(is, of),
      advice: checkTexts.chooseWay(place, way, of),
    });
  }
  return findings;
}

function wayOf(mode: Mode): 'websocket' | 'webhook' {
  return mode.kind === 'webhook' ? 'webhook' : 'websocket';
}

async function connection(sdk: Sdk, settings: Settings): Promise<Finding> {
  if (settings.mode.kind === 'webhook') {
    const name = checkTexts.webhook;
    return { name, ok: undefined, found: checkTexts.webhookUntried, advice: checkTexts.webhookByHand };
  }
  const name = checkTexts.connection;
  const quiet = (): void => undefined;
  // Events that arrive meanwhile are refused, so that Feishu delivers them to the bot again.
  const dispatcher = new sdk.EventDispatcher({
    logger: sdkLogger({ info: quiet, warn: quiet, error: quiet }),
    cache: new sdk.DefaultCache(),
  });
  for (const { type } of [...requiredEvents, requiredCallback]) {
    dispatcher.register({ [type]: () => Promise.reject(new Error('feishu: only checking')) });
  }
  const watcher = { up: quiet, alive: quiet, down: quiet, faltered: quiet };
  const trial = new LongConnection(sdk, settings, dispatcher, watcher, new GatheringAgent());
  const late = setTimeout(() => void trial.stop(), connectMs);
  try {
    await trial.start();
    return fine(name, checkTexts.connectionGood);
  } catch (error) {
    return failure(name, error);
  } finally {
    clearTimeout(late);
    await trial.stop();
  }
}
