/** The program itself, as a process of its own, so that it can be killed and its memory is its own. */
import { main } from '../bot/main.ts';
import { readSettings } from '../bot/settings.ts';

await main(readSettings(process.env), (line) => console.log(line));
