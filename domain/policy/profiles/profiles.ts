/** The profiles that a unit can choose from. */
import type { Policy } from '../policy.ts';
import { chuzhou } from './chuzhou.ts';
import { gqt } from './gqt.ts';
import { meizhou } from './meizhou.ts';
import { xinjiang } from './xinjiang.ts';

/** The default first. */
export const profiles: readonly Policy[] = [xinjiang, gqt, chuzhou, meizhou];

/** What stands for a unit that has chosen none. */
export const defaultProfile: Policy = xinjiang;
