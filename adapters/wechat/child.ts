/** The WeChat process. Started by fork (`process.ts`), with nothing of the bot in it. */
import { serve } from './host.ts';

// Session and journal are the account's own that runs it.
process.umask(0o077);

const take = serve({
  send: (message) => {
    if (process.connected) process.send?.(message);
  },
  // What was sent before goes out first.
  exit: () => {
    if (process.connected) process.disconnect();
    setImmediate(() => process.exit(0));
  },
});
process.on('message', take);
// The bot is gone, however it ended: what it has not taken lies in the journal.
process.on('disconnect', () => process.exit(0));
// The terminal's Ctrl+C reaches both: the bot says when to stop.
process.on('SIGINT', () => undefined);
process.on('unhandledRejection', () => {
  if (process.connected)
    process.send?.({ type: 'log', level: 'warn', message: 'a fault in the WeChat stack' });
});
