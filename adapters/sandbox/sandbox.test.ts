import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapterContract, type Shown } from '../contract.ts';
import type { Sandbox } from './sandbox.ts';
import { entries, group, newFolder, open, Place, post, type SeenEntry } from './testing.ts';
import { texts } from './texts.ts';

adapterContract('sandbox', async () => {
  const dataDir = await newFolder();
  const people = [
    { id: 'cadre', name: '张晓' },
    { id: 'youth-006', name: '赵㛃' },
  ] as const;
  let current: Sandbox;
  return {
    group,
    people,
    async open() {
      current = await open(dataDir);
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
  let place: Place;
  beforeEach(async () => {
    place = await Place.begin();
  });
  afterEach(() => place.end());

  it('gives a form’s values to the bot under the form’s own command', async () => {
    const { messageId } = await place.sandbox.send(
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
      place.post('press', { as: 'youth-006', card: messageId, press: { values } });
    expect((await send({ kind: '学习', what: '座位太少' })).status).toBe(200);
    await expect.poll(() => place.ofType('press')).toHaveLength(1);
    expect(place.ofType('press')[0]).toMatchObject({
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
      place.post(`upload?${new URLSearchParams({ as: 'cadre', where: 'group', name })}`, bytes, {
        'content-type': 'image/png',
      });
    expect((await send('照片.png', png)).status).toBe(200);
    expect((await send('假图.png', Buffer.from('<svg onload="alert(1)">'))).status).toBe(200);
    await expect
      .poll(() => place.ofType('message').map((e) => e.type === 'message' && e.kind))
      .toEqual(['image', 'file']);
    const said = (await place.entries('group', 'group')) as readonly (SeenEntry & {
      file?: { id: string };
    })[];
    const [real, fake] = await Promise.all(
      said.filter((e) => e.file).map((e) => fetch(`${place.sandbox.url}files/${e.file?.id}`)),
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
    const second = await open(join(place.dataDir, 'second'), { port });
    await expect(second.start(place.sink)).rejects.toMatchObject({
      code: 'port-taken',
      forPerson: expect.stringContaining(`端口 ${port} 已被别的程序占用`),
    });
    await second.stop();
    await new Promise((resolve) => other.close(resolve));
  });

  it('serves its page under a policy that lets nothing in from outside', async () => {
    const response = await fetch(place.sandbox.url);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe');
    const html = await response.text();
    expect(html).toContain(texts.local);
    expect(html).not.toMatch(/<script(?![^>]*src=)|https?:\/\/| on\w+=| style=/);
    for (const [, path] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      const asset = await fetch(new URL(path!, place.sandbox.url));
      expect([path, asset.status]).toEqual([path, 200]);
      await asset.arrayBuffer();
    }
    expect((await fetch(`${place.sandbox.url}page/..%2Fsandbox.ts`)).status).toBe(404);
    expect((await fetch(`${place.sandbox.url}files/..%2Fsandbox.jsonl`)).status).toBe(404);
  });
});
