/** The operator's page: the code to scan, and how the account is doing. On this machine only; nothing of what people say. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { renderSVG } from 'uqr';
import type { WechatStatus } from './wechat.ts';

/** The page looks again so often, in seconds. */
const refreshSeconds = 5;

const states: Readonly<Record<WechatStatus['state'], string>> = {
  starting: '正在启动……',
  scan: '等着扫码登录',
  scanned: '扫到了，请在手机上点“登录”',
  online: '已登录，正在听',
  offline: '没有连上',
};

const style = `
  body { font: 16px/1.7 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #1f2329; background: #fff }
  h1 { font-size: 1.4rem } svg { width: 280px; height: 280px; display: block; margin: 1rem 0; background: #fff }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem } dt { color: #646a73 } dd { margin: 0 }
  .risk { border-left: 4px solid #d83931; padding: .5rem 1rem; background: #fef1f1 } li { margin: .25rem 0 } time { color: #646a73 }
  a { word-break: break-all }
`;

/** What stands on the page. */
export interface Shown extends WechatStatus {
  /** What is wrong with what else runs in this program, a sentence each. */
  readonly beside: readonly string[];
}

/** The page as a text. `now` in milliseconds. */
export function renderPage(shown: Shown, risk: readonly string[], now: number): string {
  const { state, link, name, heardAt, backlog, sentToday, perDay, stoppedUntil, notices, beside } = shown;
  const picture = link === undefined ? undefined : pictureOf(link);
  return `<!doctype html>${(
    (
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta http-equiv="refresh" content={String(refreshSeconds)} />
          <title>{`联青的微信 · ${states[state]}`}</title>
          <style dangerouslySetInnerHTML={{ __html: style }} />
        </head>
        <body>
          <h1>{`联青的微信：${states[state]}`}</h1>
          {beside.length > 0 && (
            <div class="risk" role="alert">
              {beside.map((line) => (
                <p>{line}</p>
              ))}
            </div>
          )}
          {link !== undefined && (
            <section>
              <p>请用机器人的微信扫一扫，并在手机上点“登录”。二维码过几分钟会自动换新。</p>
              <div role="img" aria-label="登录二维码" dangerouslySetInnerHTML={{ __html: renderSVG(link) }} />
              {picture !== undefined && (
                <p>
                  不在这台电脑旁边？把这个链接发给拿手机的人打开：<a href={picture}>{picture}</a>
                </p>
              )}
            </section>
          )}
          <dl>
            <dt>登录的微信</dt>
            <dd>{name ?? '还没有'}</dd>
            <dt>最近一次和微信对上</dt>
            <dd>{heardAt === undefined ? '还没有' : clock(heardAt)}</dd>
            <dt>排队要说的话</dt>
            <dd>{`${backlog} 条`}</dd>
            <dt>今天已经说了</dt>
            <dd>{`${sentToday} 条，上限 ${perDay} 条`}</dd>
            {stoppedUntil > now && <dt>暂停发送到</dt>}
            {stoppedUntil > now && <dd>{clock(stoppedUntil)}</dd>}
          </dl>
          {notices.length > 0 && <h2>最近发生的事</h2>}
          <ul>
            {notices.map(({ at, text }) => (
              <li>
                <time>{clock(at)}</time> {text}
              </li>
            ))}
          </ul>
          <div class="risk">
            {risk.map((line) => (
              <p>{line}</p>
            ))}
          </div>
        </body>
      </html>
    )
  ).toString()}`;
}

/** WeChat's own picture of a code; other puppets' codes have none. */
export function pictureOf(link: string): string | undefined {
  const uuid = /^https:\/\/login\.weixin\.qq\.com\/l\/([\w=-]{1,100})$/.exec(link)?.[1];
  return uuid === undefined ? undefined : `https://login.weixin.qq.com/qrcode/${uuid}`;
}

/** Beijing time of day with the date. */
function clock(at: number): string {
  return new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at);
}

export interface OperatorPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the page on 127.0.0.1. Rejects where the port cannot be had. */
export function servePage(
  port: number,
  look: () => Promise<Shown>,
  risk: readonly string[],
  now: () => number,
): Promise<OperatorPage> {
  let own = port;
  const app = new Hono();
  app.get('/', async (c) => {
    // Another Host is DNS rebinding: whoever scans this code is the bot.
    if (![`127.0.0.1:${own}`, `localhost:${own}`].includes(c.req.header('host') ?? ''))
      return c.text('', 403);
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    c.header('x-content-type-options', 'nosniff');
    return c.html(renderPage(await look(), risk, now()));
  });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, ({ port: given }) => {
      own = given;
      resolve({
        url: `http://127.0.0.1:${given}/`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', reject);
  });
}
