/** Takes out of a text what tells who somebody is, before the text leaves this program (design.md, The model). */

/** What stands in the place of what was taken out. */
const marks = {
  phone: '〔电话〕',
  id: '〔证件号〕',
  number: '〔号码〕',
  mail: '〔邮箱〕',
  account: '〔账号〕',
  link: '〔链接〕',
  name: '〔某人〕',
  place: '〔门牌〕',
} as const;

const surnames =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛禹狄米戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾路娄江童颜郭梅林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房解应宗丁邓洪包左石崔龚程邢裴陆翁荀惠曲封储靳段焦巴牧山谷车侯全班秋仲伊宫宁栾甘厉祖武符刘景詹龙叶司黎薄印白蒲从索赖卓屠池乔闻党谭贡姬申扶冉桂牛燕尚农温庄晏瞿连习艾容向古易慎戈廖';

/** Words that tell that a name follows, or that one stands before them. */
const introduced = new RegExp(
  `((?:我叫|我是|名叫|姓名(?:是|为)?|联系人(?:是|为)?|找|叫做)[\\s:：]*)([${surnames}][\\p{Script=Han}]{1,2})(?=[\\s,，。.!！?？、;；的（(]|$)`,
  'gu',
);
const titled = new RegExp(
  `([${surnames}][\\p{Script=Han}]{0,2})(?=老师|同学|师傅|主任|书记|院长|处长|辅导员|阿姨|学长|学姐|班长)`,
  'gu',
);
/** The order matters: what is longer or has a sign of its own goes first. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/https?:\/\/\S+|www\.\S+/giu, marks.link],
  [/[\w.+-]+\s*@\s*[\w-]+(?:\.[\w-]+)+/gu, marks.mail],
  [/(?<![\dA-Za-z])\d{6}[\s-]?(?:19|20)\d{2}[\s-]?\d{4}[\s-]?\d{3}[\dXx](?![\dA-Za-z])/gu, marks.id],
  [/(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d(?:[\s.·-]?\d){8}(?!\d)/gu, marks.phone],
  [/(?<!\d)0\d{2,3}[\s-]\d{7,8}(?!\d)/gu, marks.phone],
  [/一[三四五六七八九](?:[零〇一二三四五六七八九幺]){9}/gu, marks.phone],
  [
    /((?:微信号?|vx|v信|wechat|wx|qq号?|扣扣|抖音号?|小红书)(?:号|是|为|:|：|\s)*)[A-Za-z0-9_-]{5,30}/giu,
    `$1${marks.account}`,
  ],
  [/\bwxid_[A-Za-z0-9]+/giu, marks.account],
  [
    /((?:学号|工号|卡号|证号|准考证号?|编号|账号|密码)(?:是|为|:|：|\s)*)[A-Za-z0-9-]{4,}/giu,
    `$1${marks.number}`,
  ],
  [/(?<![\dA-Za-z])[A-Za-z]{0,3}\d{7,}[A-Za-z]?(?![\dA-Za-z])/gu, marks.number],
  [
    /(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:号楼|栋|幢)\s*[A-Za-z]?\s*\d{2,4}\s*(?:室|号|宿舍|房)?/gu,
    marks.place,
  ],
  [/\d{3,4}\s*(?:宿舍|寝室|室)/gu, marks.place],
];

/** Those of them by which a stranger could get in touch. */
const ofContacts = patterns.filter(([, mark]) => mark !== marks.place);
const fullWidth = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/gu;

/**
 * A text for many eyes, without phones, accounts, links and numbers. Everything else stays as it was typed. What gets
 * past it (a number spelled out with words between) is a person’s own doing.
 */
export function hideContacts(text: string): string {
  let left = text.replace(fullWidth, (char) => char.normalize('NFKC'));
  for (const [pattern, mark] of ofContacts) left = left.replace(pattern, mark);
  return left;
}

const shortestName = 2;

/**
 * The text without phones, identity and student numbers, accounts, e-mail addresses, links, rooms, and names: those that
 * are known (`names`; a Chinese one of three characters without its surname too) and those that a word introduces. What is left may still tell something to who knows the people: that is why calls are few.
 */
export function redact(text: string, names: readonly string[] = []): string {
  let left = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  for (const [pattern, mark] of patterns) left = left.replace(pattern, mark);
  for (const name of [...new Set(names.flatMap(formsOf))].sort((a, b) => b.length - a.length))
    left = left.replace(asWritten(name), marks.name);
  return left.replace(introduced, `$1${marks.name}`).replace(titled, marks.name);
}

/** A known name in a text: whatever its case, with or without the spaces and dots that people put into names. */
function asWritten(name: string): RegExp {
  const chars = [...name.replace(separators, '')].map((char) =>
    char.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'),
  );
  const pattern = chars.join('[\\s·•・.]?');
  // A name in letters is no part of a longer word.
  return /^[\w]+$/u.test(chars.join(''))
    ? new RegExp(`(?<![A-Za-z0-9])${pattern}(?![A-Za-z0-9])`, 'giu')
    : new RegExp(pattern, 'giu');
}

const separators = /[\s·•・.]+/gu;

/**
 * A known name as people write it: whole, of a Chinese name of three the given name alone, and of one with a dot
 * (阿依古丽·买买提) each part.
 */
function formsOf(name: string): readonly string[] {
  const whole = name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  if ([...whole.replace(separators, '')].length < shortestName) return [];
  const parts = whole.split(/[·•・.]/u).filter((part) => [...part.trim()].length >= shortestName);
  if (parts.length > 1) return [whole, ...parts.map((part) => part.trim())];
  return /^\p{Script=Han}{3}$/u.test(whole) && surnames.includes([...whole][0] ?? '')
    ? [whole, whole.slice(1)]
    : [whole];
}
