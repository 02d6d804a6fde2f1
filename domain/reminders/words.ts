/** What reminders say to a cadre: a sentence each, friendly, with what to do. Nobody is blamed, nobody is named. */
import type { Day } from '../calendar/day.ts';

/** Something to press: `command` is what pressing it says. */
export interface Action {
  readonly label: string;
  readonly command: string;
}

/** A reminder's sentence and what it leads to. */
export interface Said {
  readonly line: string;
  /** What the line begins with, where the rest may be said of several at once. */
  readonly subject?: string;
  readonly action: Action;
}

const recommend: Action = { label: '挑个话题', command: '/话题 推荐' };
/** From so many days before the quarter's end on, nobody is asked to hold an activity any more. */
const lastDays = 2;
const publish: Action = { label: '发布活动', command: '/活动 发布' };

/** The sentences. Days left are whole days until the period's last day: 0 is today. */
export const words = {
  /** `boundToday`: what was said before the binding was not heard. `told`: reminders since the last voice. */
  voice: (today: Day, boundToday: boolean, told = 0, advised = false): Said => ({
    line: voiceLine(today, boundToday, told, advised),
    action: { label: '找个话头', command: '/话题 话头' },
  }),

  interaction: (had: number, needed: number, daysLeft: number, gap: boolean, advised = false): Said => {
    const missed = gap ? '（中间有一段没听全，可能少算了。）' : '';
    if (advised)
      return {
        line: `${had === 0 ? '这周还没和青年聊起来' : `这周和 ${had} 位青年有来有往`}。看到谁的话，接一句就好，不作要求。${missed}`,
        action: { label: '看看进度', command: '/进度' },
      };
    return {
      line: `${had === 0 ? `这周还没和青年有来有往地聊起来，有 ${needed} 位就够了` : `这周已经和 ${had} 位青年有来有往，目标是 ${needed} 位`}，${until(daysLeft)}。看到谁的话，接一句就好。${missed}`,
      action: { label: '看看进度', command: '/进度' },
    };
  },

  topic: (daysLeft: number, advised = false): Said => ({
    line: advised
      ? '这个月还没开话题。想聊点什么，可以挑一个发到群里，不作要求。'
      : `这个月还没开话题，${until(daysLeft)}。挑一个发到群里？`,
    action: recommend,
  }),

  topicQuiet: (
    id: string,
    { clear, inferred }: { readonly clear: number; readonly inferred: number },
    needed: { readonly participants: number; readonly clear: number },
    daysLeft: number,
    advised = false,
  ): Said => ({
    line: `话题${id} 目前有 ${clear} 人明确参与、${inferred} 人推测参与${
      advised
        ? '。想再聊聊，追问一句就好，不作要求。'
        : `，目标 ${needed.participants} 人${needed.clear > 0 ? `（至少 ${needed.clear} 人明确）` : ''}，${until(daysLeft)}。追问一句，或再开一个？`
    }`,
    action: recommend,
  }),

  // What is put together on the last day for the figure's sake is worth nothing (滁州 §七.3).
  activity: (daysLeft: number, held = 0, needed = 1): Said => {
    const so = needed > 1 && held > 0 ? `记到 ${held} 次线下活动，要 ${needed} 次` : undefined;
    return daysLeft > lastDays
      ? {
          line: `这个季度${so ?? '还没有线下活动'}，${until(daysLeft)}。小一点也行，散步、读书都算。`,
          action: publish,
        }
      : {
          line: `这个季度${so ?? '还没有记到线下活动'}，${until(daysLeft)}。办过的，签到和小结齐了就算；来不及也没关系，如实写就好，下个季度早点约。`,
          action: { label: '看看活动', command: '/活动 列表' },
        };
  },

  unclosed: (): Said => ({
    line: '这个季度的线下活动有人签到了，还差一句小结，写上就算数。',
    action: { label: '写小结', command: '/活动 结束' },
  }),

  overdue: (quarter: string, held = 0, needed = 1): Said => ({
    line: `${quarter.slice(0, 4)} 年第${['一', '二', '三', '四'][Number(quarter.slice(-1)) - 1] ?? ''}季度${held > 0 ? `记到 ${held} 次线下活动，要 ${needed} 次` : '没有记到线下活动'}。办过但没写小结的可以补上；没办也没关系，如实写就好，这个季度早点约。`,
    action: publish,
  }),
};

function until(daysLeft: number): string {
  return daysLeft === 0 ? '今天是最后一天' : `还有 ${daysLeft} 天`;
}

const firstLines = [
  '今天还没听到您在群里的声音，睡前随手聊两句就好。',
  '今天群里还没听到您的声音。看到谁的话接一句，或者问声好，都算。',
  '今天还没在群里听到您的声音，说句今天遇到的小事就好。',
];

/** Once, then a little different, then hardly: the same sentence every evening is read by nobody. */
function voiceLine(today: Day, boundToday: boolean, told: number, advised: boolean): string {
  if (advised) return '这几天还没听到您在群里的声音，想起来随手聊两句就好，不作要求。';
  if (boundToday) return '绑定之后还没听到您在群里的声音，睡前随手聊两句就好。';
  if (told === 0) return firstLines[Math.floor(today / 7) % firstLines.length] ?? '';
  if (told === 1) return '这两天群里没听到您的声音。忙的话，发一张随手拍的照片也算。';
  return '有些日子没在群里听到您了，方便时露个面就好。最近不想收这一条，发“/提醒 静音 声音”。';
}
