/** What the tests of `lianqing …` share: a folder of its own for each test, and what a fault may look like. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildProgram, type Ended, startProgram } from '../../tests/support/program.ts';

/** The folder of the test that runs. */
export let folder = '';

/** To be called once in a file of tests: builds the program where that is due, and gives each test its folder. */
export function inFolders(): void {
  // Builds what is missing, so that no test waits for it.
  beforeAll(buildProgram, 240_000);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lianqing-cli-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
}

/** Runs `lianqing …` in the test's folder to its end. */
export const lianqing = (...args: string[]): Promise<Ended> => startProgram(folder, args).ended;

/** The same with settings. */
export const withSettings = (env: Record<string, string>, ...args: string[]): Promise<Ended> =>
  startProgram(folder, args, { env }).ended;

/** A fault as a person may see it: one sentence in Chinese, exit code 1, nothing of the program's insides. */
export function expectSentence(ended: Ended, text: string | RegExp): void {
  expect(ended.stderr).toMatch(text);
  expect(ended.stderr).not.toMatch(/\n\s+at |Error:|node:internal|citty|USAGE|Missing|Unknown/);
  expect(ended.code).toBe(1);
}

/** Writes a file of lines into the test's folder, and returns its name. */
export function file(name: string, ...content: string[]): string {
  writeFileSync(join(folder, name), content.join('\n'));
  return name;
}
