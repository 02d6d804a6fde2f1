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

/** Not wanting to live, in the words people have for it; 想4, 紫砂, 自鲨 get past other people's filters. */
const wishToDie: readonly RegExp[] = [
  /[不没](?:太|怎么)?(?:想|愿意?)(?:要|再|在|继续)?活(?![动动動跃躍泼潑成在得儿期页頁血塞])/u,
  /不想(?:再)?活(?:在|得)(?:这|那|了|世|人|太|好|下)/u,
  /活不(?:下去|成了|了了)|活够了|活膩|活腻/u,
  /(?:没有?|失去了?|找不到|哪有|哪里有|不知道).{0,6}(?:活(?:下去|着)|生存)的?(?:勇气|动力|理由|意义|希望|必要|办法|力气)/u,
  /(?<![生干农])活(?:着|下去|得)(?:真的?|好|太|也|又|都|实在|到底|还|很|挺|这么|那么)*(?:[累苦]|痛苦|煎熬|没(?:有|什么|啥)*(?:意思|意义|劲|用|希望|盼头)|为了?什么|干什么|干嘛|有(?:什么|啥)(?:用|意思|意义|劲)|是(?:种)?(?:折磨|煎熬|负担|多余))/u,
  /(?<!(?:社团|公司|店|生意|活动|部门|项目|协会)(?:都|也|快|要|真的|就|已经)*)(?:撑|熬|扛|挺)不下去/u,
  new RegExp(
    `(?<![思理梦夢幻联聯设設猜料构預预妄感回${exaggeration}])(?<![${exaggeration}][得的到](?:我|都|真|就)?)想(?:要|去|过|到)?死(?![你他她它妳您记記读讀磕板守缠纏党黨宅机機灰角循锁鎖撑扛路线線结結心眼皮]|我[了啦]|大家|各位|爸|妈|媽|亡(?:率|诗社|人数))`,
    'u',
  ),
  /想死的?心/u,
  /想(?:4|似|寺)了|(?:想|要|去)自?(?:鲨|刀)(?:自己|我自己)|自[鲨沙鯊]了?(?![发發漠])|紫砂(?![壶壺茶杯锅鍋盆泥煲器陶])/u,
  new RegExp(`(?<![${exaggeration}])(?:死了(?:算了|得了|更好|就好|才好|一了百了)|一死了之)`, 'u'),
  /(?:我|还|真|都|倒|不如|干脆|宁愿|宁可)(?:是|就|想|要|该|应该)*(?:去死|死掉)|(?:还)?不如死|生不如死|(?:[寻尋觅覓]|(?<!诉)求)死(?!不)/u,
  /(?:结束|了结|了断|終結|终结)(?:掉|了)?(?:自己|我自己|我的|自己的|这|此|这条|这一)?(?:的)?(?:生命|性命|一生|此生|这条命)|(?:了结|了断|结束)(?:掉|了)?(?:我)?自己|自我了[断結结]|一了百了/u,
  /(?:想|要|准备|打算|选择|就此|还是).{0,3}离开(?:这个)?(?:世界|世上|人世|人间)|(?:从|在)(?:这个)?(?:世界|世上|人间)(?:上)?消失/u,
  /(?:我|好|真|真的|只|很|都|就)想(?:要|就这样|彻底|永远|马上)?(?:消失|解脱)/u,
  /(?:不想|不要|不愿)(?:再)?醒(?:过)?来|(?:再也|永远)(?:不|别)(?:要|想)?醒(?:过)?来|一睡不(?:起|醒)/u,
  /没有?(?:了)?我.{0,4}(?:会|就|都|也)?(?:更|过得更|会更)好/u,
];

/**
 * Suicide and self-harm by name, by its means, by its place, in a plan as in a question: who asks how is near it. Not its
 * prevention, nor the fairground's and the shops' 跳楼.
 */
const means: readonly RegExp[] = [
  /(?<!(?:预防|防止|防范|反对|杜绝|干预|远离|拒绝|关于)(?:青少年|学生|大学生)?)自[杀殺](?!式|率|干预|预防|防|课|讲座)/u,
  /(?<!(?:预防|防止|防范|反对|杜绝|干预|远离|拒绝|关于)(?:青少年|学生|大学生)?)(?:[轻輕]生|自[残殘]|自[伤傷]|自[尽盡]|自[缢縊]|自虐)(?!干预|预防|讲座)/u,
  /(?:伤害|杀死?|殺死?|弄死)(?:了)?我?自己|(?:捅|砍|打)(?:了)?我?自己(?!的)/u,
  /割[腕脉]|割自己|划(?:自己|手腕|手臂|胳膊)|上吊(?!坠|灯|扇)|吊死|(?<!防)跳[楼樓](?!价|價|机|機|大|甩|网|運|运|梯)|跳(?:河|江|湖|桥|海|崖|轨|軌)(?:自|了|算|吧|的心|去)|[卧臥][轨軌]|服毒|喝(?:了)?(?:农药|百草枯|敌敌畏)|烧炭自/u,
  /(?:想|要|准备|打算).{0,4}(?:从.{0,8}跳下去|跳下去|(?<!防)跳[楼樓河江湖桥海崖](?![价價机機大甩网網运運]))/u,
  /从.{0,8}(?:[楼樓窗桥橋崖台]|这里|这儿).{0,4}跳下/u,
  /[站坐爬].{0,4}(?:楼顶|天台|顶楼|窗台)[上边]?.{0,6}(?:想(?![起看拍吹晒晾赏放收休观眺办聊背读学唱喊和跟给一大])|跳(?![舞绳繩操远高皮街伞])|往下[看望])/u,
  /(?:吃|吞)(?:了|下|掉)?.{0,4}(?:一瓶|一整瓶|整瓶|一把|大量|很多|好多|几十[片粒颗]|一百[片粒颗])(?:的)?.{0,4}药|吞药/u,
  /(?:买|攒|囤|准备)(?:好|了|够|下)*.{0,4}安眠药|安眠药.{0,8}(?:死|过量)|致死(?:剂?量)/u,
  /[吃喝服吞].{0,6}(?:多少|几).{0,8}(?:会|能|才|可以|就)死(?!机)|(?:几|多少)[楼樓层層].{0,6}跳.{0,6}死/u,
  /(?:怎么|怎样|如何)(?:才能?|能|可以)?死(?:得|的|最|才|会|比较)*(?:不|没|少|快|轻松|舒服|无痛)/u,
  /(?:写|寫|留)(?:好|下|了)*(?:封|一封)?[遗遺][书書言]|[遗遺][书書言].{0,4}[写寫留](?![得的])/u,
];

/** Who may be said to beat somebody: not the rain, and not the other team. */
const people =
  '有人|别人|[室舍]友|同学|同桌|班长|学[长姐]|老师|教官|辅导员|教练|老板|主管|邻居|陌生人|男的|[男女]友|朋友|对象|前任|老公|丈夫|[爸妈爹哥姐弟]|父亲|母亲|父母|家里|继[父母]|[他她]们?';

/** What follows 打 where nobody is beaten: 打动, 打扰, 打折, and those whom one is only kept awake by (打呼噜, 打游戏). */
const harmlessBlows =
  '[动動扰擾断斷脸臉折乱亂开開包印卡分回击擊破压壓上赏賞通造消败敗入磨捞湿翻散码碼气氣针針错錯完光没坏住车車工电電招听量发發算低高差零满鼓呼鼾喷闹烊游牌麻王球篮羽乒排网台桌扫掃水饭飯比杂雜辩瞌盹底字假探交结理孔赌报報]|疫苗|小报告|措手|了(?:个?措手|个?折|[脸分码针]|鸡血|[低高零满]分|差评|电话|招呼)|成(?!.{0,2}[伤傷残殘])|[进進](?!.{0,2}(?:医院|icu))|倒(?!在?地)|下(?!楼)';

/** What others do to somebody, or threaten to: they need a person at once as well. */
const othersViolence: readonly RegExp[] = [
  /(?<![反防]|预防|防止)(?:家暴|性侵|性[骚騷][扰擾]|强奸|強姦|猥亵|迷奸)(?!讲座|课|预防|防治)|(?:被|遭|遭到|受到).{0,4}(?:绑架|拘禁|囚禁|跟踪|尾随|殴打|围殴|毒打|霸凌|欺凌|虐待|威胁|恐吓|敲诈|勒索|打劫|下药)/u,
  new RegExp(`(?<![棉盖晒])被(?!子)(?:(?!电话).){0,5}?打(?!${harmlessBlows})`, 'u'),
  /(?<![棉盖晒])被(?!子).{0,5}?(?:揍|踹|掌掴|扇(?:了|耳光|巴掌))|(?<!就[要会])挨[打揍]/u,
  new RegExp(
    `(?:${people}).{0,6}?(?:[打揍踹掐扇](?:了|过|伤|骂)?我(?!们[班队院系校]|的?(?:电话|手机|微信|号|饭|招呼))|抽我(?:耳光|巴掌|嘴巴))`,
    'u',
  ),
  /有人.{0,4}(?:打[人架]|[持拿]刀|跟着我)|(?:跟踪|尾随|恐吓|威胁|勒索|敲诈|殴打|虐待|猥亵|囚禁)(?:了|过)?我(?!国)/u,
  /(?<![棉盖晒])被(?!子)(?:(?!电话|短信|推销|广告|中介|微商|营销|蚊).){0,6}?[骚騷][扰擾](?!电话|短信|信息|邮件)|有人.{0,4}[骚騷][扰擾]我/u,
  /(?:要|想|说).{0,2}(?:杀|弄死|打死|砍|捅)(?:死|了)?(?:我|他|她|人|全家)(?!的)/u,
];

/** The same in English. */
const foreign: readonly RegExp[] = [
  /suicid|kill(?:ing)? my ?self|(?:want|wanna|going) ?(?:to )?die|end (?:my|it) (?:life|all)|self-? ?harm/u,
];

const phrases = [...wishToDie, ...means, ...othersViolence, ...foreign];

/** Where words stand in a text: UTF-16 offsets, `end` not included. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a text first holds words of danger to a person's safety. White space and invisible characters do not matter.
 */
export function dangerIn(text: string): Place | undefined {
  const looked = text.slice(0, longest);
  // Spread out (不 想 活) it says the same; foreign words need their spaces.
  const places = [spelled(looked, /[\p{Cf}\s]+/gu), spelled(looked, /\p{Cf}+/gu)].flatMap(({ said, at }) =>
    phrases.flatMap((phrase) => {
      const found = phrase.exec(said);
      return found
        ? [{ start: at[found.index] ?? 0, end: at[found.index + found[0].length] ?? looked.length }]
        : [];
    }),
  );
  return places.reduce<Place | undefined>(
    (first, place) => (first && first.start <= place.start ? first : place),
    undefined,
  );
}

/** Whether a text holds words of danger to a person's safety, as {@link dangerIn} finds them. */
export function soundsDangerous(text: string): boolean {
  return dangerIn(text) !== undefined;
}

/** A text as it is compared, without what is left out, and where each unit of it stood. */
function spelled(text: string, leftOut: RegExp): { readonly said: string; readonly at: readonly number[] } {
  const at: number[] = [];
  let said = '';
  let offset = 0;
  for (const char of text) {
    const one = char.normalize('NFKC').toLowerCase().replace(leftOut, '');
    for (let unit = 0; unit < one.length; unit++) at.push(offset);
    said += one;
    offset += char.length;
  }
  return { said, at };
}
