import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Nothing but the page under test: no sandbox of the kernel (tests may run as root), no GPU, no calls home. */
const args = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/**
 * Launches a real Chromium: that of `CHROMIUM_PATH`, else the machine's own, else the one that npm brought. The
 * caller closes it. Throws what the launch throws, with Chromium's own words.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await executable(), args, headless: true });
}

async function executable(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  return existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : unpacked();
}

/**
 * The packaged one is unpacked into the temporary folder, by one test process at a time: a second would take the half
 * of it that is there for the whole. Its own arguments switch web security off and are not taken.
 */
async function unpacked(): Promise<string> {
  const lock = join(tmpdir(), 'chromium-unpacking');
  for (let waited = 0; waited < 60_000; waited += 100) {
    try {
      await mkdir(lock);
      break;
    } catch {
      await wait(100);
    }
  }
  try {
    return await sparticuz.executablePath();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}
