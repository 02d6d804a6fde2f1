/** What an announcement may say besides time, place, title and form: the kind of deed, and how many places there are. */
import { kindIn } from '../deeds/kind-words.ts';
import type { DeedKind } from '../deeds/kinds.ts';

const kindLabel = /(?:^|[\s，,、；;。])(?:类别|类型|种类)\s*[:：]\s*(?<kind>[^\s，,、；;。]+)/u;
const placesLabel =
  /(?:^|[\s，,、；;。（(])(?:名额|人数上限|限额|上限|限报|限)\s*[:：]?\s*(?:为|是)?\s*(?<count>[0-9０-９]{1,6})\s*(?:个?人|名|位|个)?[)）]?(?=$|[\s，,、；;。])/u;

/** The extras, and the text without them. `unknownKind`: a 类别 that is none. */
export interface Extras {
  readonly rest: string;
  readonly kind: DeedKind | undefined;
  readonly unknownKind: string | undefined;
  readonly capacity: number | undefined;
}

/** Takes `类别：志愿服务` and `限30人` out of an announcement. */
export function takeExtras(written: string): Extras {
  const named = kindLabel.exec(written)?.groups?.kind;
  const kind = named === undefined ? undefined : kindIn(named);
  const count = placesLabel.exec(written)?.groups?.count;
  return {
    rest: written.replace(kindLabel, ' ').replace(placesLabel, ' ').trim(),
    kind,
    unknownKind: kind === undefined ? named : undefined,
    capacity: count === undefined ? undefined : Number(count.normalize('NFKC')),
  };
}

/** The kind of an activity of which none was named: what its title says, else an exchange, or an online activity. */
export function likelyKind({
  title,
  offline,
}: {
  readonly title: string;
  readonly offline: boolean;
}): DeedKind {
  return offline ? (kindIn(title) ?? 'exchange') : 'online_activity';
}

const kindWord = /^(?:志愿服务|志愿活动|文体活动)$/u;

/** What an activity is called when its kind stands beside it: 组织飞盘活动 is 飞盘活动, and 植树 志愿服务 植树. */
export function bareTitle(title: string): string {
  const named = title.replace(/^(?:组织|举办|举行|开展|进行|办(?!公|事))(?:了|一次|一场)?(?=.{2})/u, '');
  const words = named.split(' ');
  const own = words.filter((word) => !kindWord.test(word));
  return words.length > 1 && own.length > 0 ? own.join(' ') : named;
}
