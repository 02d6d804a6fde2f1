import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { fontFiles } from '../../bot/render/font.ts';

const run = promisify(execFile);

/** LibreOffice and what reads its pages: `SOFFICE_PATH`, or what the machine has. npm brings none: Debian's, see `.ci/run`. */
function officePrograms() {
  const soffice = [process.env.SOFFICE_PATH, '/usr/bin/soffice', '/usr/bin/libreoffice'].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
  const pdftotext = '/usr/bin/pdftotext';
  return soffice !== undefined && existsSync(pdftotext) ? { soffice, pdftotext } : undefined;
}

export const isOfficeHere = officePrograms() !== undefined;

/** LibreOffice with a profile of its own in a folder, and no font but ours for what is Chinese. */
export class Office {
  readonly #folder: string;
  readonly #programs: { readonly soffice: string; readonly pdftotext: string };

  private constructor(folder: string) {
    const programs = officePrograms();
    if (!programs) throw new Error('no LibreOffice on this machine');
    this.#programs = programs;
    this.#folder = folder;
  }

  static async open(parent: string): Promise<Office> {
    const folder = await mkdtemp(join(parent, 'office-'));
    const fonts = new Set(fontFiles().map(({ path }) => dirname(path)));
    await writeFile(
      join(folder, 'fonts.conf'),
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
${[...fonts].map((dir) => `<dir>${dir}</dir>`).join('')}<cachedir>${folder}/fonts</cachedir></fontconfig>`,
    );
    return new Office(folder);
  }

  /** Opens all the files in one start and writes them in another format beside them, into `to`. Its own words, for a failure. */
  async convert(files: readonly string[], format: string, to: string): Promise<string> {
    const profile = pathToFileURL(join(this.#folder, 'profile')).href;
    const { stdout, stderr } = await run(
      this.#programs.soffice,
      [
        '--headless',
        '--norestore',
        `-env:UserInstallation=${profile}`,
        '--convert-to',
        format,
        '--outdir',
        to,
        ...files,
      ],
      {
        timeout: 150_000,
        env: { ...process.env, HOME: this.#folder, FONTCONFIG_FILE: join(this.#folder, 'fonts.conf') },
      },
    );
    return stdout + stderr;
  }

  /** The pages of a PDF file as text. */
  async pages(pdf: string): Promise<readonly string[]> {
    const { stdout } = await run(this.#programs.pdftotext, ['-layout', pdf, '-'], { maxBuffer: 1 << 26 });
    return stdout.split('\f').slice(0, -1);
  }

  close(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}
