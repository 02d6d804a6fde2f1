/** The environment as typed settings; each fault is named in plain words. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { defaultHelpLines } from '../domain/listening/danger.ts';

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
  FEISHU_APP_ID: z
    .string()
    .regex(
      /^cli_[0-9a-fA-F]{16}$/,
      'FEISHU_APP_ID 要像 cli_a1b2c3d4e5f60718 这样，在飞书开放平台“凭证与基础信息”里',
    )
    .optional(),
  FEISHU_APP_SECRET: z.string().optional(),
  FEISHU_DOMAIN: z
    .url('FEISHU_DOMAIN 要是网址，例如 https://open.feishu.cn')
    .default('https://open.feishu.cn'),
  FEISHU_WEBHOOK_PORT: z.coerce
    .number({ error: 'FEISHU_WEBHOOK_PORT 要是一个数字，例如 4200' })
    .int('FEISHU_WEBHOOK_PORT 要是整数')
    .min(0, 'FEISHU_WEBHOOK_PORT 不能小于 0')
    .max(65_535, 'FEISHU_WEBHOOK_PORT 不能大于 65535')
    .optional(),
  FEISHU_WEBHOOK_HOST: z.string().default('127.0.0.1'),
  FEISHU_WEBHOOK_PATH: z.string().startsWith('/', 'FEISHU_WEBHOOK_PATH 要以 / 开头').default('/feishu'),
  FEISHU_VERIFICATION_TOKEN: z.string().optional(),
  FEISHU_ENCRYPT_KEY: z.string().optional(),
  HELP_LINES: z
    .string()
    .trim()
    .max(300, 'HELP_LINES 太长了，请控制在 300 字以内')
    .refine((lines) => !/[\p{Cc}\p{Cf}]/u.test(lines), 'HELP_LINES 要写成一行，不要有换行和看不见的字符')
    .default(defaultHelpLines),
  LIANQING_SECRET: z.string().min(32, 'LIANQING_SECRET 至少要 32 个字符').optional(),
});

/** A Feishu or Lark app; without `webhook` events come over the long connection. */
export interface FeishuSettings {
  readonly appId: string;
  readonly appSecret: string;
  readonly domain: string;
  readonly webhook:
    | {
        readonly host: string;
        readonly port: number;
        readonly path: string;
        readonly verificationToken: string;
        readonly encryptKey: string;
      }
    | undefined;
}

export interface Settings {
  /** Absolute path of the folder that holds everything the program writes. */
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** Port of the sandbox page on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  readonly logLevel: string;
  /** Key material from the environment; without it one is generated into the data folder. */
  readonly secret: string | undefined;
  /** Whom somebody in danger can call, as a sentence. */
  readonly helpLines: string;
  /** The Feishu app, where one is set; otherwise the sandbox is the platform. */
  readonly feishu: FeishuSettings | undefined;
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
  if (!read.success) throw wrong(read.error.issues.map(({ message }) => message));
  const dataDir = resolve(read.data.DATA_DIR);
  return {
    dataDir,
    databaseUrl: read.data.DATABASE_URL ?? `file:${resolve(dataDir, 'lianqing.db')}`,
    port: read.data.PORT,
    logLevel: read.data.LOG_LEVEL,
    secret: read.data.LIANQING_SECRET,
    helpLines: read.data.HELP_LINES,
    feishu: feishuFrom(read.data),
  };
}

function feishuFrom(read: z.infer<typeof environment>): FeishuSettings | undefined {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_WEBHOOK_PORT: port } = read;
  if (appId === undefined && appSecret === undefined) return undefined;
  if (appId === undefined || appSecret === undefined)
    throw wrong(['FEISHU_APP_ID 和 FEISHU_APP_SECRET 要一起写，两个都在飞书开放平台“凭证与基础信息”里']);
  const { FEISHU_VERIFICATION_TOKEN: verificationToken, FEISHU_ENCRYPT_KEY: encryptKey } = read;
  if (port !== undefined && (verificationToken === undefined || encryptKey === undefined))
    throw wrong(['用 webhook 接收事件时，FEISHU_VERIFICATION_TOKEN 和 FEISHU_ENCRYPT_KEY 都要写']);
  return {
    appId,
    appSecret,
    domain: read.FEISHU_DOMAIN,
    webhook:
      port === undefined || verificationToken === undefined || encryptKey === undefined
        ? undefined
        : {
            host: read.FEISHU_WEBHOOK_HOST,
            port,
            path: read.FEISHU_WEBHOOK_PATH,
            verificationToken,
            encryptKey,
          },
  };
}

function wrong(messages: readonly string[]): SettingsError {
  return new SettingsError(
    `设置有误，请改好 .env 或环境变量再启动：\n${messages.map((message) => `  · ${message}`).join('\n')}`,
  );
}
