/** Kind and field of a demand by rules, as a proposal to its cadre (新疆 §四.4: 诉求、困难、困惑、建议). */
import type { Field } from '../topics/library.ts';

export const demandKinds = ['困难', '困惑', '建议', '诉求'] as const;
export type DemandKind = (typeof demandKinds)[number];

const signs: readonly (readonly [DemandKind, RegExp])[] = [
  ['建议', /建议|希望|能不能|可不可以|最好|应该|想让|要是/u],
  ['困惑', /不知道|怎么办|迷茫|纠结|该不该|还是|看不懂|听不懂|弄不明白|为什么/u],
  ['困难', /困难|没钱|交不起|生活费|助学|贫|受伤|生病|挂科|跟不上/u],
];

/** The first kind whose words are found, otherwise 诉求; the field with the most words found, otherwise 校园. */
export function classify(
  text: string,
  fields: readonly Field[],
): { readonly kind: DemandKind; readonly field: string } {
  const kind = signs.find(([, sign]) => sign.test(text))?.[0] ?? '诉求';
  const [best] = fields
    .map(({ name, keywords }) => ({ name, found: keywords.filter((word) => text.includes(word)).length }))
    .sort((a, b) => b.found - a.found);
  return { kind, field: best && best.found > 0 ? best.name : '校园' };
}
