/** Words by which a place, a title, an online meeting and mere talk are told apart in an announcement. */

const places = [
  ...[
    '操场',
    '球场',
    '场馆',
    '广场',
    '场地',
    '田径场',
    '运动场',
    '图书馆',
    '体育馆',
    '博物馆',
    '纪念馆',
    '展览馆',
  ],
  ...[
    '活动室',
    '会议室',
    '教室',
    '自习室',
    '实验室',
    '阅览室',
    '办公室',
    '报告厅',
    '演播厅',
    '音乐厅',
    '大厅',
    '餐厅',
  ],
  ...[
    '食堂',
    '礼堂',
    '讲堂',
    '宿舍',
    '公寓',
    '公园',
    '校园',
    '花园',
    '校区',
    '园区',
    '景区',
    '小区',
    '社区',
    '东区',
    '西区',
  ],
  ...[
    '南区',
    '北区',
    '中心',
    '基地',
    '之家',
    '驿站',
    '车站',
    '地铁站',
    '服务站',
    '门口',
    '东门',
    '西门',
    '南门',
    '北门',
  ],
  ...[
    '正门',
    '大门',
    '校门',
    '后门',
    '楼下',
    '楼上',
    '楼顶',
    '天台',
    '平台',
    '草坪',
    '草地',
    '湖边',
    '江边',
    '河边',
    '海边',
  ],
  ...[
    '咖啡馆',
    '咖啡店',
    '书店',
    '书吧',
    '书屋',
    '饭店',
    '影院',
    '剧院',
    '医院',
    '学院',
    '敬老院',
    '福利院',
    '小学',
  ],
  ...[
    '中学',
    '大学',
    '亭',
    '桥头',
    '山脚',
    '路口',
    '街道',
    '文化站',
    '工作室',
    '健身房',
    '机房',
    '楼',
    '馆',
    '厅',
    '室',
  ],
].sort((a, b) => b.length - a.length);

/** A room as schools number them: A301, 教3-201, 3号楼201, 301室, 二楼. */
const room =
  '(?:[A-Za-z]?[A-Za-z教]?\\d{1,2}-\\d{3,4}|[A-Za-z]\\d{3,4}|\\d{1,2}(?:号楼|栋|幢|教)(?:\\d{3,4})?|\\d{3,4})室?';
const floor = '(?:[\\d一二三四五六七八九十]{1,2}[楼层])';
const near = '(?:门口|旁边?|前面?|后面|里面?|内|外面?|东侧|西侧|南侧|北侧|集合|见)';
const place = new RegExp(
  `^[在于到去]?(?<place>(?:[^，,。；;：:]{0,16}?(?:${places.join('|')})|${room})(?:[（(][^）)]*[）)]|${floor}|${room}|${near}|[A-Za-z东西南北]?\\d{3,4})*)`,
  'u',
);

const titleEnds =
  /(?:局|会|赛|营|课|讲座|活动|服务|志愿|分享|读书|阅读|观影|电影|跑|跑步|徒步|骑行|爬山|登山|聚餐|聚|节|展|行|游|交流|培训|沙龙|联谊|打卡|扫除|植树|参观|摄影|桌游|飞盘|羽毛球|篮球|足球|乒乓球|排球|游戏|比赛|宣讲|访谈|谈心|茶话|团课|团日|义卖|募捐|献血|清扫|支教|慰问|练习|体验|手工|入门|音乐|唱歌|K歌)$/u;
const titleBegins = /^(?:一起|参观|走进|共读|学|去|来|玩|打|看|做|聊)/u;

const meeting =
  /腾讯会议|飞书会议|视频会议|网络会议|钉钉|zoom|teams|B站|哔哩|会议号|https?:\/\/|微信群|QQ群|群里/iu;
const online =
  /线上|网上|在线(?!下)|腾讯会议|飞书会议|视频会议|网络会议|钉钉|zoom|teams|会议号|https?:\/\/|微信群|QQ群/iu;
/** Said of what may as well be watched together in a room. */
const perhapsOnline =
  /直播|B站|哔哩|群里|云(?:端|上|会议|课堂|班会|团课|党课|讲座|讲堂|分享|读书|观影|游|参观|打卡|接力|聚会|联欢|座谈|培训|展|宣讲|见面|交流|沙龙|答疑|健身|运动|跑|自习)/iu;

const noise =
  /^(?:我们|咱们|大家|大家好|各位|同学们|小伙伴们|各位同学|通知|活动通知|活动预告|开始|集合|地点|时间|名称|主题|在|于|有|举行|举办|开展|定于|拟定于|将于|将在)$/u;

/**
 * The place that a word begins with, without 在 before it; undefined when it names none. “图书馆门口集合” gives “图书馆门口”;
 * “参观博物馆” is something to do.
 */
export function placeIn(word: string): string | undefined {
  if (/^(?:一起|参观|走进|共读|学)/u.test(word)) return undefined;
  const found = place.exec(word);
  const named = found?.groups?.place?.replace(/(?:集合|见)$/u, '');
  if (!found || !named) return undefined;
  // “图书馆读书会” is a title: a place that is not introduced stands alone.
  const introduced = /^[在于]/u.test(word);
  return introduced || /^(?:集合|见面?)?$/u.test(word.slice(found[0].length)) ? named : undefined;
}

/** Whether a word names an online meeting: its service, its number, its address. */
export function meetingIn(word: string): boolean {
  return meeting.test(word) && !soundsLikeTitle(word.replace(/会议$/u, ''));
}

/** Whether a word sounds like something to do. */
export function soundsLikeTitle(word: string): boolean {
  return titleEnds.test(word) || titleBegins.test(word);
}

/** Whether a word says nothing by itself. */
export function isNoise(word: string): boolean {
  return noise.test(word);
}

/**
 * Offline or online. A first word 线上 or 线下 decides, then what is labelled 形式, then 线下, then what can only be
 * online; 直播 or 云… only where no place is named.
 */
export function formOf(
  free: string,
  labelled: string | undefined,
  place: string,
  whole: string,
): 'online' | 'offline' {
  const first = /^\s*(线上|线下)(?=$|[\s，,、；;。])/u.exec(free)?.[1];
  for (const said of [first, labelled])
    if (said !== undefined && /线上|线下/u.test(said)) return /线下/u.test(said) ? 'offline' : 'online';
  if (/线下/u.test(whole)) return 'offline';
  if (online.test(whole)) return 'online';
  return place === '' || meetingIn(place) ? (perhapsOnline.test(whole) ? 'online' : 'offline') : 'offline';
}
