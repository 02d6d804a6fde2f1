/** The environment as typed settings; each fault is named in plain words. */
import { resolve } from 'node:path';
import { z } from 'zod';

const environment = z.object({
  DATA_DIR: z.string().min(1, 'DATA_DIR 不能为空').default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:|postgres(ql)?:\/\/)/, 'DATABASE_URL 要以 file: 或 postgresql:// 开头')
    .optional(),
  PORT: z.coerce
    .number({ error: 'PORT 要是一个数字，例如 4100' })
    .int('PORT 要是整数')
    .min(0, 'PORT 不能小于 0')
    .max(65_535, 'PORT 不能大于 65535')
    .default(4100),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'LOG_LEVEL 只能是 debug、info、warn、error、silent 之一',
    })
    .default('warn'),
  LIANQING_SECRET: z.string().min(32, 'LIANQING_SECRET 至少要 32 个字符').optional(),
});

export interface Settings {
  /** Absolute path of the folder that holds everything the program writes. */
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** Port of the sandbox page on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  readonly logLevel: string;
  /** Key material from the environment; without it one is generated into the data folder. */
  readonly secret: string | undefined;
}

/** The settings are wrong. `forPerson` says in Chinese which and how to mend them. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly forPerson: string;
  constructor(forPerson: string) {
    super('the settings are not valid');
    this.forPerson = forPerson;
  }
}

/** Reads the settings out of the environment. An empty or blank value counts as absent. Throws {@link SettingsError}. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ''));
  const read = environment.safeParse(given);
  if (!read.success)
    throw new SettingsError(
      `设置有误，请改好 .env 或环境变量再启动：\n${read.error.issues.map((issue) => `  · ${issue.message}`).join('\n')}`,
    );
  const dataDir = resolve(read.data.DATA_DIR);
  return {
    dataDir,
    databaseUrl: read.data.DATABASE_URL ?? `file:${resolve(dataDir, 'lianqing.db')}`,
    port: read.data.PORT,
    logLevel: read.data.LOG_LEVEL,
    secret: read.data.LIANQING_SECRET,
  };
}
