import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorPage, pictureOf, renderPage, type Shown, servePage } from './page.tsx';
import { texts } from './sentences.ts';

const now = Date.parse('2026-09-02T15:00:00+08:00');
const link = 'https://login.weixin.qq.com/l/QeXyz12==';
const status: Shown = {
  state: 'scan',
  link,
  name: undefined,
  heardAt: undefined,
  backlog: 3,
  sentToday: 12,
  perDay: 300,
  stoppedUntil: now + 600_000,
  notices: [{ at: now, text: '微信登录已经失效 <script>' }],
  beside: [],
};

describe('the operator’s page', () => {
  let page: OperatorPage;
  beforeEach(async () => {
    page = await servePage(
      0,
      async () => status,
      texts.risk,
      () => now,
    );
  });
  afterEach(() => page.close());

  it('shows the code, how the account is doing, and the risk', () => {
    const shown = renderPage(status, texts.risk, now);
    for (const words of [
      '<svg',
      pictureOf(link) ?? '?',
      '3 条',
      '12 条，上限 300 条',
      '15:10:00',
      '绝不要用您自己的主号',
    ])
      expect(shown).toContain(words);
    expect(shown).not.toContain('<script>');
    const online = renderPage({ ...status, state: 'online', link: undefined, name: '联青' }, texts.risk, now);
    expect(online).not.toContain('<svg');
    expect(pictureOf('https://example.com/l/x')).toBeUndefined();
    expect(online).not.toContain('飞书');
    expect(renderPage({ ...status, beside: ['飞书没有启动 <b>'] }, [], now)).toContain(
      '飞书没有启动 &lt;b&gt;',
    );
  });

  it('is for this machine’s own browser only', async () => {
    const own = await fetch(page.url);
    expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const { request } = await import('node:http');
    const { port } = new URL(page.url);
    const rebound = await new Promise<number | undefined>((resolve) => {
      request({ port, host: '127.0.0.1', headers: { host: 'evil.example' } }, ({ statusCode }) =>
        resolve(statusCode),
      ).end();
    });
    expect(rebound).toBe(403);
  });
});
