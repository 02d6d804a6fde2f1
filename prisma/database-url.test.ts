import { expect, it } from 'vitest';
import { DatabaseError } from './database-error.ts';
import { parseDatabaseUrl } from './database-url.ts';

it('reads DATABASE_URL', () => {
  expect(parseDatabaseUrl('file:data/lianqing.db')).toEqual({ dialect: 'sqlite', path: 'data/lianqing.db' });
  expect(parseDatabaseUrl('file:///var/lib/a%20b.db')).toEqual({
    dialect: 'sqlite',
    path: '/var/lib/a b.db',
  });
  expect(parseDatabaseUrl('file::memory:')).toEqual({ dialect: 'sqlite', path: ':memory:' });
  for (const url of ['postgresql://u:p@h:5432/d', 'postgres://u@h/d?schema=public']) {
    expect(parseDatabaseUrl(url)).toEqual({ dialect: 'postgresql', url });
  }
  for (const url of [
    '',
    'file:',
    'data/x.db',
    'mysql://h/d',
    'file:x?mode=ro',
    'postgresql://h/d?schema=other',
  ]) {
    expect(() => parseDatabaseUrl(url), url).toThrow(DatabaseError);
  }
});

it('does not repeat a password in a message', () => {
  expect(() => parseDatabaseUrl('postgresql//u:secret@h/d')).toThrow(expect.not.stringContaining('secret'));
});
