/** Markdown with front matter: lines of `key: value` between two `---`, then the text. */

export interface Marked {
  readonly matter: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Takes a Markdown file apart. Throws where the front matter is missing or a line of it is none. */
export function readMarked(file: string): Marked {
  const found = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(file.replaceAll('\r\n', '\n'));
  if (!found?.[1] || found[2] === undefined) throw new Error('no front matter');
  const lines = found[1].split('\n').map((line): [string, string] => {
    const pair = /^([a-zA-Z]+):\s*(.*)$/.exec(line);
    if (!pair?.[1]) throw new Error(`no front matter line: ${line}`);
    return [pair[1], (pair[2] ?? '').trim()];
  });
  return { matter: Object.fromEntries(lines), text: found[2].trim() };
}
