import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from './journal.ts';
import type { Heard } from './protocol.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const message = (id: string): Heard => ({
  type: 'message',
  id,
  at: 1,
  from: '@ann',
  kind: 'text',
  text: `第 ${id} 句`,
  mentions: [],
});
const ids = (journal: Journal) => [...journal.waiting.values()].map(({ id }) => id);

describe('the journal', () => {
  it('keeps exactly what was not taken, whenever the process ends', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant('hear'), fc.constant('end'), fc.nat(20))), (steps) => {
        rmSync(path, { force: true });
        let journal = new Journal(path);
        const open = new Map<number, string>();
        let count = 0;
        for (const step of steps) {
          if (step === 'hear') open.set(journal.add(message(`${++count}`)), `${count}`);
          else if (step === 'end') {
            journal.close();
            journal = new Journal(path);
          } else {
            const seq = [...open.keys()][step as number];
            if (seq !== undefined) {
              journal.taken(seq);
              open.delete(seq);
            }
          }
          expect(ids(journal)).toEqual([...open.values()]);
        }
        journal.close();
        if (open.size === 0) expect(readFileSync(path, 'utf8')).toBe('');
      }),
      { numRuns: 60 },
    );
  });

  it('is for the account’s own eyes, and survives a line cut short', () => {
    const journal = new Journal(path);
    journal.add(message('a'));
    journal.close();
    appendFileSync(path, '{"seq":2,"heard":{"type":"mess');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const next = new Journal(path);
    expect(ids(next)).toEqual(['a']);
    next.add(message('b'));
    expect(ids(new Journal(path))).toEqual(['a', 'b']);
  });
});
