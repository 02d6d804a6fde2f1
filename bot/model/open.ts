/** The model, loaded only where one is configured. */
import type { Database } from '../../prisma/database.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ModelSettings } from '../settings.ts';
import type { Asks } from './tasks.ts';

/** Opens the model of the settings; nothing is sent until somebody asks. */
export async function openModel(
  settings: ModelSettings,
  parts: { readonly database: Database; readonly clock: Clock; readonly log: Log },
): Promise<Asks> {
  const { Model } = await import('./model.ts');
  return new Model(settings, parts);
}
