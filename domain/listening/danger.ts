/**
 * Words of danger to somebody's life or body, in a text that was addressed to the bot or to the cadre as a demand. A
 * word list and nothing more: it decides who is told at once and privately, and its answer is kept nowhere. A false
 * alarm costs a kind word and a call; a miss may cost more, so that what is doubtful counts as danger. Exaggeration that
 * everybody uses (热死了, 累得要死, 笑死) does not.
 */

/** What a person in danger is told, unless the organisation has lines of its own: 12356 is the national line. */
export const defaultHelpLines =
  '现在就想找人说话，可以打 12356（全国统一心理援助热线）；有危险请马上打 120 或 110。';

/** More of a text is not looked at, in UTF-16 units: so that a hostile one costs nothing. */
const longest = 20_000;

/** To be tired, hot, hungry … “to death” is said every day. */
const exaggeration = '热冷困饿笑累烦气渴晒挤辣臭酸痒香甜丑土急忙闷堵吵';

const phrases: readonly RegExp[] = [
  // Not wanting to live, wanting to die; 想4, 紫砂, 自鲨 get past other people's filters.
  /[不没](?:太|怎么)?(?:想|愿意?)(?:要|再|在|继续)?活(?![动动動跃躍泼潑成在得儿期页頁血塞])/u,
  /不想(?:再)?活(?:在|得)(?:这|那|了|世|人|太|好|下)/u,
  /活不(?:下去|成了|了了)|活够了|活膩|活腻/u,
  /(?:没有?|失去了?|找不到|哪有|哪里有|不知道).{0,6}(?:活(?:下去|着)|生存)的?(?:勇气|动力|理由|意义|希望|必要|办法|力气)/u,
  /活(?:着|下去)(?:真的?|好|太|也|又|都|实在|到底|还)*(?:没(?:有|什么|啥)*(?:意思|意义|劲|用|希望|盼头)|为了?什么|干什么|干嘛|有(?:什么|啥)(?:用|意思|意义|劲)|是(?:种)?(?:折磨|煎熬|负担|多余))/u,
  new RegExp(
    `(?<![思理梦夢幻联聯设設猜料构預预妄感回${exaggeration}])(?<![${exaggeration}][得的到](?:我|都|真|就)?)想(?:要|去|过|到)?死(?![你他她它妳您记記读讀磕板守缠纏党黨宅机機灰角循锁鎖撑扛路线線结結心眼皮]|我[了啦]|大家|各位|爸|妈|媽|亡(?:率|诗社|人数))`,
    'u',
  ),
  /想死的?心/u,
  /想(?:4|似|寺)了|(?:想|要|去)自?(?:鲨|刀)(?:自己|我自己)|自[鲨沙鯊]了?(?![发發漠])|紫砂(?![壶壺茶杯锅鍋盆泥煲器陶])/u,
  new RegExp(`(?<![${exaggeration}])(?:死了(?:算了|得了|更好|就好|才好|一了百了)|一死了之)`, 'u'),
  /(?:我|还|真|都|倒|不如|干脆|宁愿|宁可)(?:是|就|想|要|该|应该)*(?:去死|死掉)|(?:还)?不如死|生不如死|[寻尋求觅覓]死(?!不)/u,
  // Suicide and self-harm, but not their prevention, and not the fairground's and the shops' 跳楼.
  /(?<!(?:预防|防止|防范|反对|杜绝|干预|远离|拒绝|关于)(?:青少年|学生|大学生)?)自[杀殺](?!式|率|干预|预防|防|课|讲座)/u,
  /(?<!(?:预防|防止|防范|反对|杜绝|干预|远离|拒绝|关于)(?:青少年|学生|大学生)?)(?:[轻輕]生|自[残殘]|自[伤傷]|自[尽盡]|自[缢縊]|自虐)(?!干预|预防|讲座)/u,
  /割[腕脉]|割自己|划(?:自己|手腕|手臂|胳膊)|上吊(?!坠|灯|扇)|吊死|(?<!防)跳[楼樓](?!价|價|机|機|大|甩|网|運|运|梯)|跳(?:河|江|湖|桥|海|崖|轨|軌)(?:自|了|算|吧|的心|去)|[卧臥][轨軌]|服毒|喝(?:了)?(?:农药|百草枯|敌敌畏)|烧炭自/u,
  /(?:想|要|准备|打算).{0,4}(?:从.{0,8}跳下去|跳下去|(?<!防)跳[楼樓河江湖桥海崖](?![价價机機大甩网網运運]))/u,
  /(?:吃|吞)(?:了|下|掉)?.{0,4}(?:一瓶|一整瓶|整瓶|一把|大量|很多|好多|几十[片粒颗]|一百[片粒颗])(?:的)?.{0,4}药|吞药/u,
  /(?:结束|了结|了断|終結|终结)(?:掉|了)?(?:自己|我自己|我的|自己的|这|此|这条|这一)?(?:的)?(?:生命|性命|一生|此生|这条命)|(?:了结|了断|结束)(?:掉|了)?(?:我)?自己|自我了[断結结]|一了百了/u,
  /(?:想|要|准备|打算|选择|就此|还是).{0,3}离开(?:这个)?(?:世界|世上|人世|人间)|(?:从|在)(?:这个)?(?:世界|世上|人间)(?:上)?消失/u,
  /(?:我|好|真|真的|只|很|都|就)想(?:要|就这样|彻底|永远|马上)?(?:消失|解脱)/u,
  /(?:不想|不要|不愿)(?:再)?醒(?:过)?来|(?:再也|永远)(?:不|别)(?:要|想)?醒(?:过)?来|一睡不(?:起|醒)/u,
  /没有?(?:了)?我.{0,4}(?:会|就|都|也)?(?:更|过得更|会更)好|(?:写|留)(?:好|下|了)*(?:封|一封)?[遗遺](?:书|書|言)/u,
  /(?:伤害|杀死?|殺死?|弄死)(?:了)?我?自己|(?:捅|砍|打)(?:了)?我?自己(?!的)/u,
  // What others do to somebody.
  /(?<![反防]|预防|防止)(?:家暴|性侵|强奸|強姦|猥亵|迷奸)|(?:被|遭|遭到|受到).{0,4}(?:绑架|拘禁|囚禁|跟踪|尾随|殴打|围殴|毒打|霸凌|欺凌|虐待)/u,
  /(?:要|想|说).{0,2}(?:杀|弄死|打死|砍|捅)(?:死|了)?(?:我|他|她|人|全家)(?!的)/u,
  /suicid|kill(?:ing)? my ?self|(?:want|wanna|going) ?(?:to )?die|end (?:my|it) (?:life|all)|self-? ?harm/u,
];

/** Whether a text holds words of danger to a person's safety. White space and invisible characters do not matter. */
export function soundsDangerous(text: string): boolean {
  const written = text
    .slice(0, longest)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '');
  // Spread out (不 想 活) it says the same; foreign words need their spaces.
  const closed = written.replace(/\s+/gu, '');
  return phrases.some((phrase) => phrase.test(closed) || phrase.test(written));
}
