/** The environment as typed settings; each fault is named in plain words. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { defaultHelpLines } from '../domain/listening/danger.ts';
import { type ListeningLimits, usualLimits } from '../domain/listening/limits.ts';
import { usualPerWeek } from '../domain/reminders/budget.ts';

/** How many messages; at least one. */
function count(name: string, most: number) {
  return z.coerce
    .number({ error: `${name} 要是一个数字` })
    .int(`${name} 要是整数`)
    .min(1, `${name} 至少是 1`)
    .max(most, `${name} 不能大于 ${most}`);
}

/** `2-6`: seconds between two messages. */
function pauseOf(text: string): { readonly leastMs: number; readonly mostMs: number } {
  const [least = 0, most = 0] = text.split('-').map(Number);
  return { leastMs: least * 1_000, mostMs: most * 1_000 };
}

const puppetOptions = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.unknown()));

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
  WECHAT: z.enum(['on', 'off'], { error: 'WECHAT 只能是 on 或 off' }).default('off'),
  WECHAT_ACCOUNT: z
    .string()
    .regex(/^[\p{L}\p{N}_-]{1,32}$/u, 'WECHAT_ACCOUNT 是您给这个微信号起的代号，只能用字母、数字、汉字和 - _')
    .default('wechat'),
  WECHATY_PUPPET: z
    .string()
    .regex(
      /^(@[a-z0-9-]+\/)?[a-z0-9][a-z0-9._-]*$/,
      'WECHATY_PUPPET 要是一个 npm 包的名字，例如 wechaty-puppet-wechat4u',
    )
    .default('wechaty-puppet-wechat4u'),
  WECHATY_PUPPET_OPTIONS: z
    .string()
    .transform((text, context): Readonly<Record<string, unknown>> => {
      const read = puppetOptions.safeParse(text);
      if (read.success) return read.data;
      context.addIssue({
        code: 'custom',
        message: 'WECHATY_PUPPET_OPTIONS 要是一个 JSON 对象，例如 {"token":"puppet_padlocal_…"}',
      });
      return z.NEVER;
    })
    .optional(),
  WECHAT_REMINDERS: z.enum(['on', 'off'], { error: 'WECHAT_REMINDERS 只能是 on 或 off' }).default('off'),
  WECHAT_PAUSE: z
    .string()
    .regex(/^\d{1,3}-\d{1,3}$/, 'WECHAT_PAUSE 要像 2-6 这样写，是两条消息之间最少和最多隔几秒')
    .refine((text) => pauseOf(text).leastMs <= pauseOf(text).mostMs, 'WECHAT_PAUSE 前面的数不能比后面的大')
    .default('2-6'),
  WECHAT_PER_MINUTE: count('WECHAT_PER_MINUTE', 60).default(20),
  WECHAT_PER_DAY: count('WECHAT_PER_DAY', 5_000).default(300),
  OPERATOR_WEBHOOK: z
    .url({
      protocol: /^https?$/,
      error: 'OPERATOR_WEBHOOK 要是网址，例如飞书、企业微信或钉钉群机器人的 webhook 地址',
    })
    .optional(),
  REMINDERS_PER_WEEK: count('REMINDERS_PER_WEEK', 21).default(usualPerWeek),
  WISH_DAYS: count('WISH_DAYS', 180)
    .min(7, 'WISH_DAYS 至少是 7 天，不然到期以前来不及提醒')
    .default(usualLimits.wishDays),
  WISHES_AT_ONCE: count('WISHES_AT_ONCE', 20).default(usualLimits.wishes),
  DEMANDS_PER_DAY: count('DEMANDS_PER_DAY', 50).default(usualLimits.demandsADay),
  HELP_LINES: z
    .string()
    .trim()
    .max(300, 'HELP_LINES 太长了，请控制在 300 字以内')
    .refine((lines) => !/[\p{Cc}\p{Cf}]/u.test(lines), 'HELP_LINES 要写成一行，不要有换行和看不见的字符')
    .default(defaultHelpLines),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'OPENAI_BASE_URL 要是网址，例如 https://api.example.com/v1' })
    .optional(),
  OPENAI_MODEL: z.string().optional(),
  OPENAI_DAILY_TOKENS: z.coerce
    .number({ error: 'OPENAI_DAILY_TOKENS 要是一个数字，例如 200000' })
    .int('OPENAI_DAILY_TOKENS 要是整数')
    .min(0, 'OPENAI_DAILY_TOKENS 不能小于 0')
    .default(200_000),
  OPENAI_TIMEOUT: z.coerce
    .number({ error: 'OPENAI_TIMEOUT 要是秒数，例如 20' })
    .min(1, 'OPENAI_TIMEOUT 至少 1 秒')
    .max(120, 'OPENAI_TIMEOUT 最多 120 秒')
    .default(20),
  OPENAI_PRICE: z.coerce
    .number({ error: 'OPENAI_PRICE 要是一百万个 token 的价钱，例如 2' })
    .min(0, 'OPENAI_PRICE 不能小于 0')
    .optional(),
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

/** A WeChat account by way of Wechaty. */
export interface WechatSettings {
  /** The operator's own name for it. */
  readonly account: string;
  readonly puppet: string;
  readonly puppetOptions: Readonly<Record<string, unknown>>;
  /** Reminders are said, too. */
  readonly reminders: boolean;
  readonly pace: {
    readonly leastMs: number;
    readonly mostMs: number;
    readonly perMinute: number;
    readonly perDay: number;
  };
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
  /** How many messages that nobody asked for a person gets in a week. */
  readonly remindersPerWeek: number;
  readonly limits: ListeningLimits;
  /** The Feishu app, where one is set; without it and without WeChat the sandbox is the platform. */
  readonly feishu: FeishuSettings | undefined;
  /** The language model, where one is set. */
  readonly model: ModelSettings | undefined;
  /** The WeChat account, where it is turned on. */
  readonly wechat: WechatSettings | undefined;
  /** Where the operator is told what they have to do, besides the terminal and the page. */
  readonly operatorWebhook: string | undefined;
}

/** A language model behind an endpoint that speaks OpenAI's protocol. */
export interface ModelSettings {
  readonly apiKey: string;
  /** The package's own where none is set. */
  readonly baseUrl: string | undefined;
  readonly model: string;
  /** Tokens that may be used on a day, in Asia/Shanghai. */
  readonly dailyTokens: number;
  readonly timeoutMs: number;
  /** Price of a million tokens, for the log alone. */
  readonly price: number | undefined;
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
    remindersPerWeek: read.data.REMINDERS_PER_WEEK,
    limits: {
      wishDays: read.data.WISH_DAYS,
      wishes: read.data.WISHES_AT_ONCE,
      demandsADay: read.data.DEMANDS_PER_DAY,
    },
    model: modelFrom(read.data),
    feishu: feishuFrom(read.data),
    wechat: wechatFrom(read.data),
    operatorWebhook: read.data.OPERATOR_WEBHOOK,
  };
}

/** Endpoints of one's own need no key, but a name. */
function modelFrom(read: z.infer<typeof environment>): ModelSettings | undefined {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model } = read;
  if (apiKey === undefined && baseUrl === undefined) return undefined;
  if (model === undefined) throw wrong(['用语言模型时还要写 OPENAI_MODEL，例如 OPENAI_MODEL=gpt-4o-mini']);
  return {
    apiKey: apiKey ?? 'none',
    baseUrl,
    model,
    dailyTokens: read.OPENAI_DAILY_TOKENS,
    timeoutMs: read.OPENAI_TIMEOUT * 1_000,
    price: read.OPENAI_PRICE,
  };
}

function wechatFrom(read: z.infer<typeof environment>): WechatSettings | undefined {
  if (read.WECHAT === 'off') return undefined;
  return {
    account: read.WECHAT_ACCOUNT,
    puppet: read.WECHATY_PUPPET,
    puppetOptions: read.WECHATY_PUPPET_OPTIONS ?? {},
    reminders: read.WECHAT_REMINDERS === 'on',
    pace: {
      ...pauseOf(read.WECHAT_PAUSE),
      perMinute: read.WECHAT_PER_MINUTE,
      perDay: read.WECHAT_PER_DAY,
    },
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
