import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migratePostgresql } from '../../prisma/migrate-postgresql.ts';
import { freePort } from './free-port.ts';
import { type Server, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: {
      /** A PostgreSQL, which may still be starting. */
      url: string;
      /** A migrated database to copy; it appears when all is ready. */
      template: string;
      /** A file that appears with the reason when it never will. */
      fault: string;
    };
  }
}

/**
 * Starts one PostgreSQL for a whole run of the tests, beside the tests that do not need it; at the end, also of a
 * failed run, it goes. LIANQING_TEST_POSTGRES names a server to use instead (as somebody who may create databases).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.LIANQING_TEST_POSTGRES;
  const server: Server = external
    ? { url: external, ready: Promise.resolve(), stop: async () => undefined }
    : startPostgres(await freePort());
  const template = `lianqing_template_${process.pid}_${Date.now()}`;
  const fault = join(tmpdir(), `${template}.fault`);
  project.provide('postgres', { url: server.url, template, fault });
  let ending = false;
  const prepared = server.ready
    .then(() => makeTemplate(server.url, template))
    .catch((error: unknown) => {
      if (!ending) writeFileSync(fault, String(error));
    });
  return async () => {
    ending = true;
    if (external) {
      await prepared;
      await command(server.url, `DROP DATABASE IF EXISTS "${template}"`);
    }
    await server.stop();
    rmSync(fault, { force: true });
  };
}

/** Makes the migrated database under another name first, so that its name tells that it is whole. */
async function makeTemplate(url: string, template: string): Promise<void> {
  const making = `${template}_making`;
  await command(url, `CREATE DATABASE "${making}"`);
  const address = new URL(url);
  address.pathname = `/${making}`;
  await migratePostgresql(address.href);
  await command(url, `ALTER DATABASE "${making}" RENAME TO "${template}"`);
}

async function command(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
