import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on standard error, where that is a terminal; elsewhere nothing is shown. */
export function progressBar(label: string): {
  readonly update: (done: number) => void;
  readonly stop: () => void;
} {
  if (!process.stderr.isTTY) return { update() {}, stop() {} };
  const bar = new SingleBar(
    {
      format: `${label} {bar} {percentage}%`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(1, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
