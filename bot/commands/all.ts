/** Every command, in the order in which help lists them. A new command is one file and one line here. */
import { bind } from './bind.ts';
import { help } from './help.ts';
import { identity } from './identity.ts';
import { Registry } from './registry.ts';

/** Checked when the program starts: an incomplete declaration stops it. */
export const registry = new Registry([help, identity, bind]);
