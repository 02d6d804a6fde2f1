import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlatformEvent } from '../adapter.ts';
import { adapterContract, type Shown } from '../contract.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { texts } from './texts.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const group = { kind: 'group', id: 'group' } as const;
const noon = Date.parse('2026-09-18T12:00:00+08:00');
let clock = noon;

/** Acts on a sandbox's page as the page itself does. */
async function post(sandbox: Sandbox, path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${sandbox.url}api/${path}`, {
    method: 'POST',
    headers: { origin: sandbox.url.slice(0, -1), 'content-type': 'application/json', ...headers },
    body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { error?: string; id?: string } };
}

interface SeenEntry {
  readonly id: string;
  readonly type: string;
  readonly quote?: { readonly id: string };
  readonly content?: {
    readonly text?: string;
    readonly title?: string;
    readonly fields?: readonly { readonly label: string; readonly value: string }[];
    readonly buttons?: readonly { readonly label: string }[];
  };
}

async function entries(sandbox: Sandbox, kind: string, chat: string): Promise<readonly SeenEntry[]> {
  const response = await fetch(`${sandbox.url}api/entries?${new URLSearchParams({ kind, chat })}`);
  return ((await response.json()) as { entries: readonly SeenEntry[] }).entries;
}

function open(dataDir: string, more: Partial<Parameters<typeof createSandbox>[0]> = {}): Promise<Sandbox> {
  return createSandbox({
    dataDir,
    port: 0,
    now: () => clock,
    advance: async (to, heard) => {
      clock = to;
      await heard();
    },
    log: silent,
    retryMs: 1,
    ...more,
  });
}

adapterContract('sandbox', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const people = [
    { id: 'cadre', name: '张晓' },
    { id: 'youth-006', name: '赵㛃' },
  ] as const;
  let current: Sandbox;
  return {
    group,
    people,
    async open() {
      current = await open(dataDir, { now: Date.now });
      return current;
    },
    async say(sender, where, text, options = {}) {
      const named = (options.mentions ?? []).map((person) => `@${person.name} `).join('');
      const { status, body } = await post(current, 'say', {
        as: sender.id,
        where,
        text: `${named}${text}`,
        mentions: [...(options.mentions ?? []).map((p) => p.id), ...(options.mentionsBot ? ['bot'] : [])],
        quote: options.quote,
      });
      if (status !== 200 || !body.id) throw new Error(body.error);
      return body.id;
    },
    async shown(chat): Promise<readonly Shown[]> {
      const all = await entries(current, chat.kind, chat.id);
      return all
        .filter((entry) => entry.type === 'sent')
        .map(({ id, content, quote }) => ({
          id,
          text: [
            content?.title,
            content?.text,
            ...(content?.fields ?? []).flatMap((f) => [f.label, f.value]),
            ...(content?.buttons ?? []).map((b) => b.label),
          ]
            .filter((words) => words !== undefined)
            .join('\n'),
          quote: quote?.id,
        }));
    },
    async press(sender, card, button) {
      const { status } = await post(current, 'press', { as: sender.id, card, press: { button } });
      expect(status).toBe(200);
    },
    close: () => rm(dataDir, { recursive: true, force: true }),
  };
});

describe('sandbox', () => {
  let dataDir: string;
  let sandbox: Sandbox;
  let events: PlatformEvent[];
  const sink = async (event: PlatformEvent): Promise<void> => {
    events.push(event);
  };
  const ofType = (type: PlatformEvent['type']) => events.filter((event) => event.type === type);

  beforeEach(async () => {
    clock = noon;
    events = [];
    dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
    sandbox = await open(dataDir);
    await sandbox.start(sink);
  });

  afterEach(async () => {
    await sandbox.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const restart = async (): Promise<void> => {
    await sandbox.stop();
    events = [];
    sandbox = await open(dataDir);
    await sandbox.start(sink);
  };

  it('has a cadre and a hundred youths, two of one name, and tells once that the bot was added', async () => {
    const members = await sandbox.members('group');
    expect(members).toHaveLength(101);
    expect(members.filter((m) => m.name === '王梓涵')).toHaveLength(2);
    expect(members.some((m) => (m.name ?? '').length > 30)).toBe(true);
    expect(members.some((m) => m.name?.includes('·'))).toBe(true);
    await expect.poll(() => ofType('bot-added').length).toBe(1);
    await restart();
    await sandbox.stopHearing();
    expect(ofType('bot-added')).toHaveLength(0);
  });

  it('keeps conversation, people and account over a restart', async () => {
    await post(sandbox, 'say', { as: 'cadre', where: 'group', text: '大家好' });
    await post(sandbox, 'join', { name: '新同学' });
    await post(sandbox, 'leave', { person: 'youth-003' });
    await sandbox.send(group, { type: 'text', text: '你好' }, { key: 'k' });
    const { account } = sandbox;
    const before = await entries(sandbox, 'group', 'group');
    await restart();
    expect(sandbox.account).toBe(account);
    const strip = (all: readonly SeenEntry[]) => all.map((entry) => ({ ...entry, waiting: undefined }));
    expect(strip(await entries(sandbox, 'group', 'group'))).toEqual(strip(before));
    const names = (await sandbox.members('group')).map((m) => m.name);
    expect(names).toContain('新同学');
    expect(names).not.toContain('陈雨桐');
  });

  it('begins another account when its data are new', async () => {
    const { account } = sandbox;
    await sandbox.stop();
    await rm(dataDir, { recursive: true });
    sandbox = await open(dataDir);
    expect(sandbox.account).not.toBe(account);
  });

  it('leaves out a line torn by a crash and writes on after it', async () => {
    await post(sandbox, 'say', { as: 'cadre', where: 'group', text: '完整的一句' });
    await sandbox.stop();
    await appendFile(join(dataDir, 'sandbox.jsonl'), '{"seq":99,"type":"said","id":"to');
    await restart();
    await post(sandbox, 'say', { as: 'cadre', where: 'group', text: '之后的一句' });
    await restart();
    const said = (await entries(sandbox, 'group', 'group')).filter((e) => e.type === 'said');
    expect(said).toHaveLength(2);
    expect(await readFile(join(dataDir, 'sandbox.jsonl'), 'utf8')).not.toContain('"id":"to{');
  });

  it('counts as listening from its creation on, over downtime and moves of the clock', async () => {
    await sandbox.stop();
    clock += 3 * 86_400_000;
    events = [];
    sandbox = await open(dataDir);
    await sandbox.start(sink);
    await expect
      .poll(() => ofType('listening'))
      .toContainEqual({ type: 'listening', from: noon - 86_400_000, until: clock });
    const start = clock;
    expect((await post(sandbox, 'clock', { move: 'tonight' })).status).toBe(200);
    expect(clock).toBe(noon + 3 * 86_400_000 + 9 * 3_600_000);
    expect(ofType('listening')).toContainEqual({ type: 'listening', from: start, until: clock });
  });

  it('tells of the jumped time before due jobs run', async () => {
    await sandbox.stop();
    let heardBeforeJobs: number | undefined;
    sandbox = await open(dataDir, {
      advance: async (to, heard) => {
        clock = to;
        await heard();
        const last = ofType('listening').at(-1);
        heardBeforeJobs = last?.type === 'listening' ? last.until : undefined;
      },
    });
    await sandbox.start(sink);
    await post(sandbox, 'clock', { move: 'hour' });
    expect(heardBeforeJobs).toBe(noon + 3_600_000);
  });

  it('claims no listening beyond what the bot has not taken yet', async () => {
    await sandbox.stop();
    events = [];
    sandbox = await open(dataDir);
    await sandbox.start(async (event) => {
      if (event.type === 'message') throw new Error('busy');
      events.push(event);
    });
    clock += 60_000;
    await post(sandbox, 'say', { as: 'cadre', where: 'group', text: '收不下' });
    const said = clock;
    clock += 60_000;
    await sandbox.stopHearing();
    const until = ofType('listening').map((event) => (event.type === 'listening' ? event.until : 0));
    expect(Math.max(...until)).toBe(said);
  });

  it('moves the clock forward only, and not past its bound', async () => {
    expect((await post(sandbox, 'clock', { to: clock - 1 })).body.error).toBe(texts.clockBack);
    expect((await post(sandbox, 'clock', { to: clock + 401 * 86_400_000 })).body.error).toBe(
      texts.clockTooFar,
    );
    expect(clock).toBe(noon);
  });

  it('gives a form’s values to the bot under the form’s own command', async () => {
    const { messageId } = await sandbox.send(
      group,
      {
        type: 'card',
        title: '诉求',
        text: '',
        form: {
          command: '/诉求',
          submit: '提交',
          fields: [
            { name: 'kind', label: '类别', options: ['学习', '生活'] },
            { name: 'what', label: '内容' },
          ],
        },
      },
      { key: 'form' },
    );
    const send = (values: object) =>
      post(sandbox, 'press', { as: 'youth-006', card: messageId, press: { values } });
    expect((await send({ kind: '学习', what: '座位太少' })).status).toBe(200);
    await expect.poll(() => ofType('press')).toHaveLength(1);
    expect(ofType('press')[0]).toMatchObject({
      command: '/诉求',
      values: { kind: '学习', what: '座位太少' },
      sender: { id: 'youth-006', name: '赵㛃' },
    });
    expect((await send({ kind: '别的' })).body.error).toBe(texts.badForm);
    expect((await send({ kind: '学习', command: '/解散' })).body.error).toBe(texts.badForm);
  });

  it('keeps pictures and files, and serves only real pictures as such', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNg+M/wHwAEAQH/cJcDCQAAAABJRU5ErkJggg==',
      'base64',
    );
    const send = (name: string, bytes: Uint8Array) =>
      post(sandbox, `upload?${new URLSearchParams({ as: 'cadre', where: 'group', name })}`, bytes, {
        'content-type': 'image/png',
      });
    expect((await send('照片.png', png)).status).toBe(200);
    expect((await send('假图.png', Buffer.from('<svg onload="alert(1)">'))).status).toBe(200);
    await expect
      .poll(() => ofType('message').map((e) => e.type === 'message' && e.kind))
      .toEqual(['image', 'file']);
    const said = (await entries(sandbox, 'group', 'group')) as readonly (SeenEntry & {
      file?: { id: string };
    })[];
    const [real, fake] = await Promise.all(
      said.filter((e) => e.file).map((e) => fetch(`${sandbox.url}files/${e.file?.id}`)),
    );
    expect(real?.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await real!.arrayBuffer()).equals(png)).toBe(true);
    expect(fake?.headers.get('content-type')).toBe('application/octet-stream');
    expect(fake?.headers.get('content-disposition')).toMatch(/^attachment/);
    await fake!.arrayBuffer();
  });

  it('says in words that its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const second = await open(join(dataDir, 'second'), { port });
    await expect(second.start(sink)).rejects.toMatchObject({
      code: 'port-taken',
      forPerson: expect.stringContaining(`端口 ${port} 已被别的程序占用`),
    });
    await second.stop();
    await new Promise((resolve) => other.close(resolve));
  });

  describe('refuses', () => {
    /** A request with any Host, which fetch does not let through. */
    const raw = (
      headers: Record<string, string>,
      method = 'GET',
      path = '/',
    ): Promise<{ status: number; text: string }> =>
      new Promise((resolve, reject) => {
        const { port } = new URL(sandbox.url);
        const outgoing = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        });
        outgoing.on('error', reject).end(method === 'POST' ? '{}' : undefined);
      });

    it('a foreign Host, on everything', async () => {
      const { port } = new URL(sandbox.url);
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        '127.0.0.1',
        `127.0.0.1:${Number(port) - 1}`,
      ]) {
        expect(await raw({ host })).toEqual({ status: 403, text: texts.badHost });
      }
      expect((await raw({ host: `localhost:${port}` })).status).toBe(200);
    });

    it('a foreign or missing Origin', async () => {
      const { host } = new URL(sandbox.url);
      const path = '/api/say';
      for (const origin of [
        'http://evil.example',
        'null',
        `https://${host}`,
        `http://${host}.evil.example`,
      ]) {
        expect((await raw({ host, origin }, 'POST', path)).status).toBe(403);
      }
      expect((await raw({ host }, 'POST', path)).text).toContain(texts.badOrigin);
      expect((await raw({ host, origin: 'http://evil.example' }, 'GET', '/api/state')).status).toBe(403);
    });

    it('people, messages and buttons that do not exist', async () => {
      const say = { as: 'cadre', where: 'group', text: '喂' };
      expect((await post(sandbox, 'say', { ...say, as: 'nobody' })).body.error).toBe(texts.unknownPerson);
      expect((await post(sandbox, 'say', { ...say, quote: 'm-none' })).body.error).toBe(texts.unknownQuote);
      expect((await post(sandbox, 'say', { ...say, mentions: ['nobody'] })).body.error).toBe(
        texts.unknownMention,
      );
      expect((await post(sandbox, 'say', { ...say, text: ' \n ' })).body.error).toBe(texts.emptyText);
      expect((await post(sandbox, 'say', { ...say, more: 1 })).body.error).toBe(texts.badRequest);
      const privately = { kind: 'private', id: 'cadre' } as const;
      const card = {
        type: 'card',
        title: '问',
        text: '',
        buttons: [{ label: '好', command: '/好' }],
      } as const;
      const { messageId } = await sandbox.send(privately, card, { key: 'c' });
      const press = (as: string, what: object) =>
        post(sandbox, 'press', { as, card: messageId, press: what });
      expect((await press('cadre', { button: 1 })).body.error).toBe(texts.unknownButton);
      expect((await press('cadre', { values: {} })).body.error).toBe(texts.unknownButton);
      expect((await press('cadre', { button: 0, command: '/解散' })).body.error).toBe(texts.badRequest);
      expect((await press('youth-001', { button: 0 })).body.error).toBe(texts.unknownButton);
      expect((await press('cadre', { button: 0 })).status).toBe(200);
      await expect.poll(() => ofType('press')).toHaveLength(1);
      expect(ofType('message')).toHaveLength(0);
    });

    it('those who left the group, until they come back', async () => {
      await post(sandbox, 'leave', { person: 'youth-003' });
      const say = () => post(sandbox, 'say', { as: 'youth-003', where: 'group', text: '我还在' });
      expect((await say()).body.error).toBe(texts.notMember);
      await post(sandbox, 'join', { person: 'youth-003' });
      expect((await say()).status).toBe(200);
      await expect
        .poll(() => events.filter((e) => e.type !== 'listening').map((e) => e.type))
        .toEqual(['bot-added', 'leave', 'join', 'message']);
    });

    it('what is too large, and takes what just fits', async () => {
      const say = (text: string) => post(sandbox, 'say', { as: 'cadre', where: 'private', text });
      expect((await say('长'.repeat(349_525))).status).toBe(200);
      expect(await say('长'.repeat(349_526))).toMatchObject({
        status: 413,
        body: { error: texts.textTooLong },
      });
      expect(await say('长'.repeat(2_000_000))).toMatchObject({
        status: 413,
        body: { error: texts.textTooLong },
      });
      const upload = (size: number) =>
        post(sandbox, 'upload?as=cadre&where=private&name=a.bin', new Uint8Array(size));
      expect((await upload(10 * 1024 * 1024)).status).toBe(200);
      expect(await upload(10 * 1024 * 1024 + 1)).toMatchObject({
        status: 413,
        body: { error: texts.fileTooBig },
      });
      expect((await upload(0)).body.error).toBe(texts.fileEmpty);
    });

    it('what the disk does not take, and tells the bot to send it again later', async () => {
      await rm(dataDir, { recursive: true });
      const said = await post(sandbox, 'say', { as: 'cadre', where: 'group', text: '喂' });
      expect({ status: said.status, error: said.body.error }).toEqual({ status: 507, error: texts.diskFull });
      const sending = sandbox.send(group, { type: 'text', text: '喂' }, { key: 'k' });
      await expect(sending).rejects.toMatchObject({ name: 'SendError', outcome: 'retry' });
      const seen = (await entries(sandbox, 'group', 'group')).map((entry) => entry.type);
      expect(seen).toEqual(['added']);
    });

    it('everything that is said while it stops', async () => {
      await sandbox.stopHearing();
      const { status, body } = await post(sandbox, 'say', { as: 'cadre', where: 'group', text: '喂' });
      expect({ status, error: body.error }).toEqual({ status: 503, error: texts.stopping });
    });
  });

  it('serves its page under a policy that lets nothing in from outside', async () => {
    const response = await fetch(sandbox.url);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe');
    const html = await response.text();
    expect(html).toContain(texts.local);
    expect(html).not.toMatch(/<script(?![^>]*src=)|https?:\/\/| on\w+=| style=/);
    for (const [, path] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      const asset = await fetch(new URL(path!, sandbox.url));
      expect([path, asset.status]).toEqual([path, 200]);
      await asset.arrayBuffer();
    }
    expect((await fetch(`${sandbox.url}page/..%2Fsandbox.ts`)).status).toBe(404);
    expect((await fetch(`${sandbox.url}files/..%2Fsandbox.jsonl`)).status).toBe(404);
  });
});
