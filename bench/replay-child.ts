/** The command line, which notes at its end how much memory it took. */
process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS} KB\n`));
await import('../bot/cli.ts');
