import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DatabaseError } from './database-error.ts';

/** Where the database is. `path` is a file, or `:memory:`. */
export type DatabaseAddress =
  | { readonly dialect: 'sqlite'; readonly path: string }
  | { readonly dialect: 'postgresql'; readonly url: string };

const file = z
  .string()
  .regex(/^file:[^?#]+$/)
  .transform((url, context): DatabaseAddress => {
    try {
      return {
        dialect: 'sqlite',
        path: url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length),
      };
    } catch {
      context.addIssue('not a file address');
      return z.NEVER;
    }
  });

const server = z
  .url({ protocol: /^postgres(ql)?$/ })
  .refine((url) => URL.canParse(url) && ['public', null].includes(new URL(url).searchParams.get('schema')))
  .transform((url): DatabaseAddress => ({ dialect: 'postgresql', url }));

/**
 * Reads DATABASE_URL: `file:…` (a path, from the working folder; `file::memory:` for tests) or `postgresql://…`.
 * Throws {@link DatabaseError} bad-url, without the address in it, as it may hold a password.
 */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  const parsed = z.union([file, server]).safeParse(url.trim());
  if (!parsed.success)
    throw new DatabaseError('bad-url', 'DATABASE_URL is neither file:… nor postgresql://…');
  return parsed.data;
}
