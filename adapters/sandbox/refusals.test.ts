import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { group, Place } from './testing.ts';
import { texts } from './texts.ts';

let place: Place;
beforeEach(async () => {
  place = await Place.begin();
});
afterEach(() => place.end());

describe('refuses', () => {
  /** A request with any Host, which fetch does not let through. */
  const raw = (
    headers: Record<string, string>,
    method = 'GET',
    path = '/',
  ): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(place.sandbox.url);
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
    const { port } = new URL(place.sandbox.url);
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
    const { host } = new URL(place.sandbox.url);
    const path = '/api/say';
    for (const origin of ['http://evil.example', 'null', `https://${host}`, `http://${host}.evil.example`]) {
      expect((await raw({ host, origin }, 'POST', path)).status).toBe(403);
    }
    expect((await raw({ host }, 'POST', path)).text).toContain(texts.badOrigin);
    expect((await raw({ host, origin: 'http://evil.example' }, 'GET', '/api/state')).status).toBe(403);
  });

  it('people, messages and buttons that do not exist', async () => {
    const say = { as: 'cadre', where: 'group', text: '喂' };
    expect((await place.post('say', { ...say, as: 'nobody' })).body.error).toBe(texts.unknownPerson);
    expect((await place.post('say', { ...say, quote: 'm-none' })).body.error).toBe(texts.unknownQuote);
    expect((await place.post('say', { ...say, mentions: ['nobody'] })).body.error).toBe(texts.unknownMention);
    expect((await place.post('say', { ...say, text: ' \n ' })).body.error).toBe(texts.emptyText);
    expect((await place.post('say', { ...say, more: 1 })).body.error).toBe(texts.badRequest);
    const privately = { kind: 'private', id: 'cadre' } as const;
    const card = {
      type: 'card',
      title: '问',
      text: '',
      buttons: [{ label: '好', command: '/好' }],
    } as const;
    const { messageId } = await place.sandbox.send(privately, card, { key: 'c' });
    const press = (as: string, what: object) => place.post('press', { as, card: messageId, press: what });
    expect((await press('cadre', { button: 1 })).body.error).toBe(texts.unknownButton);
    expect((await press('cadre', { values: {} })).body.error).toBe(texts.unknownButton);
    expect((await press('cadre', { button: 0, command: '/解散' })).body.error).toBe(texts.badRequest);
    expect((await press('youth-001', { button: 0 })).body.error).toBe(texts.unknownButton);
    expect((await press('cadre', { button: 0 })).status).toBe(200);
    await expect.poll(() => place.ofType('press')).toHaveLength(1);
    expect(place.ofType('message')).toHaveLength(0);
  });

  it('those who left the group, until they come back', async () => {
    await place.post('leave', { person: 'youth-003' });
    const say = () => place.post('say', { as: 'youth-003', where: 'group', text: '我还在' });
    expect((await say()).body.error).toBe(texts.notMember);
    await place.post('join', { person: 'youth-003' });
    expect((await say()).status).toBe(200);
    await expect
      .poll(() => place.events.filter((e) => e.type !== 'listening').map((e) => e.type))
      .toEqual(['bot-added', 'leave', 'join', 'message']);
  });

  it('what is too large, and takes what just fits', async () => {
    const say = (text: string) => place.post('say', { as: 'cadre', where: 'private', text });
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
      place.post('upload?as=cadre&where=private&name=a.bin', new Uint8Array(size));
    expect((await upload(10 * 1024 * 1024)).status).toBe(200);
    expect(await upload(10 * 1024 * 1024 + 1)).toMatchObject({
      status: 413,
      body: { error: texts.fileTooBig },
    });
    expect((await upload(0)).body.error).toBe(texts.fileEmpty);
  });

  it('what the disk does not take, and tells the bot to send it again later', async () => {
    await rm(place.dataDir, { recursive: true });
    const said = await place.post('say', { as: 'cadre', where: 'group', text: '喂' });
    expect({ status: said.status, error: said.body.error }).toEqual({ status: 507, error: texts.diskFull });
    const sending = place.sandbox.send(group, { type: 'text', text: '喂' }, { key: 'k' });
    await expect(sending).rejects.toMatchObject({ name: 'SendError', outcome: 'retry' });
    const seen = (await place.entries('group', 'group')).map((entry) => entry.type);
    expect(seen).toEqual(['added']);
  });

  it('everything that is said while it stops', async () => {
    await place.sandbox.stopHearing();
    const { status, body } = await place.post('say', { as: 'cadre', where: 'group', text: '喂' });
    expect({ status, error: body.error }).toEqual({ status: 503, error: texts.stopping });
  });
});
