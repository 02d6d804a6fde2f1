import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

// Node has it; the types that the project compiles with lack it.
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');

let loaded: Promise<Bindings> | undefined;

/** Prisma's schema engine as WebAssembly, for machines that cannot download the program of it. */
async function load(): Promise<Bindings> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = readFileSync(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}

/** What an engine works on: a function that connects to an empty scratch database. */
export type Scratch = { readonly provider: 'sqlite' | 'postgres'; connect(): Promise<SqlDriverAdapter> };

/** Starts an engine on a scratch database, for schema files given as path and text. */
export async function startEngine(scratch: Scratch, datamodels?: [string, string][]): Promise<SchemaEngine> {
  loaded ??= load();
  const { SchemaEngine } = await loaded;
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: scratch.provider,
    adapterName: 'lianqing-scratch',
    connect: () => scratch.connect(),
    connectToShadowDb: () => scratch.connect(),
  };
  return SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
}
