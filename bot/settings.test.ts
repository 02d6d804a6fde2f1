import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

const faultOf = (env: Record<string, string>): string => {
  try {
    readSettings(env);
  } catch (fault) {
    if (fault instanceof SettingsError) return fault.forPerson;
    throw fault;
  }
  throw new Error('no fault');
};

describe('settings', () => {
  it('have defaults that need nothing, also where values are left empty', () => {
    const settings = readSettings({ PORT: ' ', DATABASE_URL: '', LIANQING_SECRET: '', PATH: '/bin' });
    expect(settings).toMatchObject({ port: 4100, logLevel: 'warn', secret: undefined });
    expect(settings.helpLines).toContain('12356');
    expect(settings.databaseUrl).toBe(`file:${settings.dataDir}/lianqing.db`);
    expect(settings.dataDir).toMatch(/^\/.*\/data$/);
  });

  it('are taken as given', () => {
    const databaseUrl = 'postgresql://lianqing:x@localhost:5432/lianqing';
    expect(
      readSettings({ DATA_DIR: '/srv/联青', DATABASE_URL: databaseUrl, PORT: '0', LOG_LEVEL: 'silent' }),
    ).toMatchObject({ dataDir: '/srv/联青', databaseUrl, port: 0, logLevel: 'silent' });
    expect(readSettings({ HELP_LINES: ' 学校心理中心 0550-1234567。' }).helpLines).toBe(
      '学校心理中心 0550-1234567。',
    );
    expect(readSettings({ REMINDERS_PER_WEEK: '3' }).remindersPerWeek).toBe(3);
    expect(readSettings({ WISH_DAYS: '60', WISHES_AT_ONCE: '5', DEMANDS_PER_DAY: '9' }).limits).toEqual({
      wishDays: 60,
      wishes: 5,
      demandsADay: 9,
    });
    expect(readSettings({}).limits).toEqual({ wishDays: 30, wishes: 3, demandsADay: 5 });
    expect(readSettings({ LIANQING_SECRET: 'k'.repeat(32) }).secret).toBe('k'.repeat(32));
  });

  it('turn WeChat on only when told to, with safe numbers', () => {
    expect(readSettings({ WECHATY_PUPPET: 'wechaty-puppet-padlocal' }).wechat).toBeUndefined();
    expect(readSettings({ WECHAT: 'on', WECHATY_PUPPET_OPTIONS: '{"token":"x"}' }).wechat).toEqual({
      account: 'wechat',
      puppet: 'wechaty-puppet-wechat4u',
      puppetOptions: { token: 'x' },
      reminders: false,
      pace: { leastMs: 2_000, mostMs: 6_000, perMinute: 20, perDay: 300 },
    });
  });

  it('turn on Feishu and WeChat together', () => {
    const both = { WECHAT: 'on', FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718', FEISHU_APP_SECRET: 'x' };
    expect(readSettings(both)).toMatchObject({
      feishu: { appId: both.FEISHU_APP_ID },
      wechat: { account: 'wechat' },
    });
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT 要是一个数字'],
    [{ PORT: '70000' }, 'PORT 不能大于 65535'],
    [{ PORT: '-1' }, 'PORT 不能小于 0'],
    [{ PORT: '80.5' }, 'PORT 要是整数'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL 要以'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL 只能是'],
    [{ WISH_DAYS: '3' }, 'WISH_DAYS 至少是 7 天'],
    [{ DEMANDS_PER_DAY: '0' }, 'DEMANDS_PER_DAY 至少是 1'],
    [{ HELP_LINES: '长'.repeat(301) }, 'HELP_LINES 太长了'],
    [{ HELP_LINES: '12356\n120' }, 'HELP_LINES 要写成一行'],
    [{ LIANQING_SECRET: 'short' }, 'LIANQING_SECRET 至少要 32 个字符'],
    [{ WECHAT: 'yes' }, 'WECHAT 只能是 on 或 off'],
    [{ WECHATY_PUPPET: '../evil' }, 'WECHATY_PUPPET 要是一个 npm 包的名字'],
    [{ WECHATY_PUPPET_OPTIONS: 'token' }, 'WECHATY_PUPPET_OPTIONS 要是一个 JSON 对象'],
    [{ WECHAT_PAUSE: '6-2' }, '前面的数不能比后面的大'],
    [{ WECHAT_PER_MINUTE: '0' }, 'WECHAT_PER_MINUTE 至少是 1'],
    [{ OPERATOR_WEBHOOK: 'ftp://x' }, 'OPERATOR_WEBHOOK 要是网址'],
  ])('name what is wrong: %o', (env, sentence) => {
    expect(faultOf(env)).toContain(sentence);
  });

  it('name everything that is wrong at once, and no secret', () => {
    const said = faultOf({ PORT: 'x', LOG_LEVEL: 'x', LIANQING_SECRET: 'my-own-secret' });
    for (const name of ['PORT', 'LOG_LEVEL', 'LIANQING_SECRET']) expect(said).toContain(name);
    expect(said).not.toContain('my-own-secret');
  });
});
