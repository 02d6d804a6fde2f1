/** Kind and field of a demand by rules, as a proposal to its cadre (新疆 §四.4: 诉求、困难、困惑、建议). */
import type { DemandKind, usualFields } from './demand.ts';

/** What is known of a field that no rule knows. */
export const otherField = '其他';

type UsualField = (typeof usualFields)[number];

const signs: readonly (readonly [DemandKind, RegExp])[] = [
  ['意见建议', /建议|希望|能不能|可不可以|最好|应该|想让|要是/u],
  ['思想困惑', /不知道|怎么办|迷茫|纠结|该不该|还是|看不懂|听不懂|弄不明白|为什么/u],
];

/** The narrower field stands first: of two that fit equally well it is taken. */
const words: Readonly<Record<UsualField, RegExp>> = {
  权益: /押金|拖欠|工资|被骗|诈骗|中介|维权|合同|乱收费|收费|投诉|权益/gu,
  资助: /助学|贫困|奖学金|补助|贷款|没钱|交不起|学费|生活费|困难补|勤工/gu,
  就业创业: /就业|创业|实习|找工作|招聘|简历|面试|考公|三方|兼职|证书/gu,
  后勤: /热水|停水|停电|断电|电费|漏水|维修|报修|路灯|空调|暖气|网络|校园网|厕所|卫生|坏/gu,
  心理: /心理咨询|心理老师|心理/gu,
  学习: /课|考试|考研|四级|六级|作业|挂科|老师|教材|图书|自习|学分|专业|成绩|论文|高数|补考|学习/gu,
  生活: /食堂|吃饭|饭菜|宿舍|寝室|熄灯|生活|室友|超市|快递|澡|洗衣/gu,
};

/** The first kind whose words are found, otherwise 现实困难; the field with the most words found, otherwise 其他. */
export function classify(text: string): { readonly kind: DemandKind; readonly field: string } {
  const kind = signs.find(([, sign]) => sign.test(text))?.[0] ?? '现实困难';
  const [best] = Object.entries(words)
    .map(([name, known]) => ({ name, found: text.match(known)?.length ?? 0 }))
    .sort((a, b) => b.found - a.found);
  return { kind, field: best && best.found > 0 ? best.name : otherField };
}
