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

describe('a sealed text', () => {
  it('is opened by the same key alone, and not when it was changed', () => {
    const { seal, open } = secretOf('one');
    const sealed = seal('甲同学');
    expect(sealed).not.toBe(seal('甲同学'));
    expect(Buffer.from(sealed, 'base64').toString()).not.toContain('甲');
    expect(open(sealed)).toBe('甲同学');
    expect(open(seal(''))).toBe('');
    expect(secretOf('other').open(sealed)).toBeUndefined();
    const bytes = Buffer.from(sealed, 'base64');
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    for (const wrong of [bytes.toString('base64'), '', 'x'.repeat(50)]) expect(open(wrong)).toBeUndefined();
  });
});
