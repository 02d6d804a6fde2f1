import type { EventDispatcher } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import type { Watcher } from './connection.ts';
import type { Hearing } from './hearing.ts';
import { heardEvents, ignoredEvents, messageEvent } from './incoming.ts';
import type { Log } from './options.ts';
import { type Sdk, sdkLogger } from './sdk.ts';

const message = z.object({
  schema: z.string(),
  header: z.object({ event_type: z.literal(messageEvent) }),
  event: z.unknown(),
});

/**
 * The SDK's dispatcher with what is heard. Messages, nearly all that comes, are taken as they are: the SDK copies an
 * event three times to flatten it, within a generator of its own making that keeps it until the next full sweep.
 */
export function dispatcherOf(
  sdk: Sdk,
  log: Log,
  hearing: Pick<Hearing, 'take'>,
  watcher: Pick<Watcher, 'alive'>,
): EventDispatcher {
  class Dispatcher extends sdk.EventDispatcher {
    override invoke(
      data: Parameters<EventDispatcher['invoke']>[0],
      params?: Parameters<EventDispatcher['invoke']>[1],
    ): Promise<unknown> {
      const parsed = params?.needCheck === false ? message.safeParse(data) : undefined;
      if (!parsed?.success) return super.invoke(data, params);
      watcher.alive();
      return hearing.take(messageEvent, parsed.data.event);
    }
  }
  const dispatcher = new Dispatcher({
    logger: sdkLogger(log),
    loggerLevel: sdk.LoggerLevel.error,
    cache: new sdk.DefaultCache(),
  });
  for (const type of heardEvents) {
    dispatcher.register({
      [type]: (data: unknown) => {
        watcher.alive();
        return hearing.take(type, data);
      },
    });
  }
  for (const type of ignoredEvents) dispatcher.register({ [type]: () => undefined });
  return dispatcher;
}
