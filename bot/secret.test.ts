import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSecret, secretOf } from './secret.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianqing-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the program’s own key', () => {
  it('is made once, for its owner only, and agreed on by all who start together', async () => {
    const data = join(folder, 'data');
    const secrets = await Promise.all(Array.from({ length: 20 }, () => loadSecret(data, undefined)));
    const key = readFileSync(join(data, 'secret.key'), 'utf8');
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(join(data, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(data)).toEqual(['secret.key']);
    expect(new Set(secrets.map((secret) => secret.hash('x')))).toEqual(new Set([secretOf(key).hash('x')]));
  });

  it('given by the environment is taken, and nothing is written', async () => {
    const given = 'k'.repeat(32);
    expect((await loadSecret(folder, given)).hash('x')).toBe(secretOf(given).hash('x'));
    expect(secretOf(given).hash('x')).not.toBe(secretOf(`${given}k`).hash('x'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('seals a text for one purpose, differently each time, and tells no more than about how long it is', () => {
    const [secret, other] = [secretOf('k'.repeat(32)), secretOf('l'.repeat(32))];
    for (const text of ['', '热水', 'x'.repeat(252), 'x'.repeat(253), '😀'.repeat(1_000)]) {
      const sealed = secret.seal('a', text);
      expect(sealed).toMatch(/^[\w-]+$/);
      expect(secret.open('a', sealed)).toBe(text);
      expect(secret.seal('a', text)).not.toBe(sealed);
      expect([secret.open('b', sealed), other.open('a', sealed)]).toEqual([undefined, undefined]);
      const changed = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
      for (const wrong of [changed, sealed.slice(4), sealed.slice(0, -8), '', '热水', '{}'])
        expect(secret.open('a', wrong)).toBeUndefined();
    }
    expect(secret.seal('a', '').length).toBe(secret.seal('a', 'x'.repeat(252)).length);
  });

  it.each(['', '\n', 'abcdef'])(
    'that is not whole (%j) is not used: the person is told what to do',
    async (text) => {
      const file = join(folder, 'secret.key');
      writeFileSync(file, text);
      await expect(loadSecret(folder, undefined)).rejects.toMatchObject({
        forPerson: expect.stringContaining(file),
      });
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );
});
