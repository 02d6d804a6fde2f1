/** From what a cadre typed to a survey: `1. … A… B…`, one or many lines. */
import { letterOf, limits, narrowed, type Question, type SurveyForm } from './form.ts';

/** A form, or why there is none: said to the cadre. */
export type FormReading =
  | { readonly kind: 'form'; readonly form: SurveyForm }
  | { readonly kind: 'fault'; readonly say: string };

class Fault extends Error {}

const questionHead =
  /^(?:第?(\d{1,3})(?:题|[.、．:：)）]|\s+)|[（(](\d{1,3})[)）]|[Qq](\d{1,3})[.、．:：)）\s]?)\s*(.*)$/su;
/** `A. `, `A、`, `A `, `(A)`; a lone letter directly before a Chinese character too, at a line's beginning or after space. */
const optionMark =
  /(?:^|(?<=[\s；;，,。？?！!：:)）】\]]))[（(]?([A-L])(?:[.、．:：)）]\s*|\s+|(?=[\p{Script=Han}\d]))/gu;
/** A word of its own, or in brackets: “实名认证怎么样” is a title, and asks nobody's name. */
const byNameMark =
  /[（(【[](?:不记名|匿名|记名|实名)[)）】\]]|(?<=^|[\s，,、:：])(?:不记名|匿名|记名|实名)(?=$|[\s，,、])/gu;
const note = /[（(【[]([^（()）【】[\]]{1,40})[)）】\]]/gu;

/**
 * Reads a survey. Lines before question 1 are its title (and `记名`); each question begins with its number, its options
 * with A, B, C …, on lines of their own or behind it. In brackets stands what kind it is (单选, 多选 最多2项, 1-5分, 问答) and
 * when it is asked (若1选B); without that, options make a single choice, and none an open question. Never throws.
 */
export function readForm(typed: string): FormReading {
  try {
    const lines = narrowed(typed)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    if ([...typed].length > limits.form)
      throw new Fault(`整份问卷请控制在 ${limits.form} 字以内，题目少一些，答的人会多一些。`);
    const { head, blocks } = inBlocks(lines);
    if (blocks.length === 0)
      throw new Fault(
        '没有看到题目：每道题请用“1.”“2.”开头，例如：\n1. 食堂怎么样 A. 好 B. 一般\n2. 还想说什么',
      );
    if (blocks.length > limits.questions)
      throw new Fault(`有 ${blocks.length} 道题，请控制在 ${limits.questions} 道以内。`);
    const questions: Question[] = [];
    for (const block of blocks) questions.push(readQuestion(block, questions));
    return { kind: 'form', form: { ...readHead(head), questions } };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { kind: 'fault', say: fault.message };
  }
}

interface Block {
  readonly number: number;
  readonly text: string;
}

/** The lines before the first question, and the questions with what stands below each. */
function inBlocks(lines: readonly string[]): {
  readonly head: readonly string[];
  readonly blocks: readonly Block[];
} {
  const head: string[] = [];
  const blocks: { number: number; text: string }[] = [];
  for (const line of lines) {
    for (const part of inParts(line, blocks.length + 1)) {
      const found = questionHead.exec(part);
      const number = Number(found?.[1] ?? found?.[2] ?? found?.[3]);
      const last = blocks.at(-1);
      if (found && number === blocks.length + 1) blocks.push({ number, text: found[4] ?? '' });
      else if (found && /^(?:第?\d{1,2}(?:题|[.、)])|[（(]\d)/u.test(part))
        throw new Fault(
          `题号要从 1 开始一个一个往下写：${last ? `第 ${last.number} 题后面应当是 ${last.number + 1}` : '第一题应当是 1'}，您写的是 ${number}。`,
        );
      else if (last) last.text += `\n${part}`;
      else head.push(part);
    }
  }
  return { head, blocks };
}

/** A line may hold several questions: “1. 好吗 A好 B不好 2. 为什么”. Cut where the next number stands after a space. */
function inParts(line: string, next: number): readonly string[] {
  const parts: string[] = [];
  let rest = line;
  for (let number = questionHead.exec(line) ? next + 1 : next; ; number++) {
    const cut = new RegExp(`\\s(?=(?:第${number}题|${number}[.、．)）](?!\\d)))`, 'u').exec(rest);
    if (!cut) break;
    parts.push(rest.slice(0, cut.index));
    rest = rest.slice(cut.index + 1);
  }
  return [...parts, rest.trim()].filter(Boolean);
}

function readHead(head: readonly string[]): { readonly title: string; readonly anonymous: boolean } {
  let anonymous = true;
  const words = head.flatMap((line) => {
    const said = line.replace(byNameMark, (mark: string) => {
      anonymous = /匿名|不记名/u.test(mark);
      return ' ';
    });
    const named = said.replace(/^(?:标题|题目|名称|问卷名?)[:：]\s*/u, '').trim();
    return named === '' ? [] : [named];
  });
  const title =
    words
      .join(' ')
      .replace(/\s+/gu, ' ')
      .replace(/[\s，,、：:]+$/u, '') || '小调查';
  if ([...title].length > limits.title)
    throw new Fault(
      `标题有 ${[...title].length} 个字，请收到 ${limits.title} 字以内；题目要用“1.”“2.”开头，不然我会当成标题。`,
    );
  return { title, anonymous };
}

/** “打个分 1-5分”: a scale at the end of what is asked need not stand in brackets. */
function bracketed(stem: string): string {
  return stem.replace(/[\s，,：:]+(\d{1,2}\s*[-–—~～到至]\s*\d{1,2}\s*分)[\s。.？?]*$/u, '（$1）');
}

/** One question, after those before it, out of what stands behind its number. */
function readQuestion({ number, text: block }: Block, before: readonly Question[]): Question {
  const at = `第 ${number} 题`;
  const cut = firstOption(block);
  let kind: Question['kind'] | undefined;
  const made: Partial<Question> = {};
  const stem = bracketed(block.slice(0, cut)).replace(note, (whole, inside: string) => {
    let known = false;
    for (const word of inside.split(/[,，;；、\s]+/u).filter(Boolean)) {
      const what = readNote(word, at, before);
      if (!what) continue;
      known = true;
      const { kind: said, ...more } = what;
      if (said && kind && said !== kind) throw new Fault(`${at}写了两种题型，请只留一种。`);
      kind = said ?? kind;
      Object.assign(made, more);
    }
    return known ? '' : whole;
  });
  const text = stem.replace(/\s+/gu, ' ').trim();
  if (text === '') throw new Fault(`${at}没有写问什么，请在“${number}.”后面写上题目。`);
  if ([...text].length > limits.question)
    throw new Fault(`${at}的题目有 ${[...text].length} 个字，请收到 ${limits.question} 字以内。`);
  const options = readOptions(block.slice(cut), at);
  const settled = kind ?? (options.length > 0 ? 'single' : 'open');
  if ((settled === 'single' || settled === 'multiple') && options.length < 2)
    throw new Fault(`${at}是选择题，请写至少两个选项，例如：${number}. ${text} A. 好 B. 一般`);
  if ((settled === 'scale' || settled === 'open') && options.length > 0)
    throw new Fault(
      `${at}是${settled === 'scale' ? '打分题' : '问答题'}，不用写选项；要选的话，去掉括号里的说明。`,
    );
  if (made.most !== undefined && made.most > options.length)
    throw new Fault(`${at}最多选 ${made.most} 项，可是只有 ${options.length} 个选项。`);
  return { kind: settled, text, options: [...options], ...made };
}

/** Where the options of a question begin: at an A that a B follows. */
function firstOption(block: string): number {
  const marks = [...block.matchAll(optionMark)];
  const lastB = marks.findLastIndex((mark) => mark[1] === 'B');
  const first = marks.slice(0, Math.max(lastB, 0)).find((mark) => mark[1] === 'A');
  if (first) return first.index;
  // A lone A on a line of its own is the beginning of options, too: the fault is told then.
  const alone = /(?:^|\s)[（(]?A[.、．:：)）]/u.exec(block);
  return alone ? alone.index : block.length;
}

function readOptions(text: string, at: string): readonly string[] {
  const options: string[] = [];
  let from = -1;
  const end = (to: number) => {
    if (from < 0) return;
    const option = text
      .slice(from, to)
      .replace(/[\s；;，,]+$/u, '')
      .replace(/\s+/gu, ' ')
      .trim();
    if (option === '') throw new Fault(`${at}的选项 ${letterOf(options.length)} 是空的，请写上内容。`);
    if ([...option].length > limits.option)
      throw new Fault(
        `${at}的选项 ${letterOf(options.length)} 有 ${[...option].length} 个字，请收到 ${limits.option} 字以内。`,
      );
    if (options.includes(option)) throw new Fault(`${at}有两个选项都是“${option}”，请改一个。`);
    options.push(option);
  };
  const marks = [...text.matchAll(optionMark)];
  for (const mark of marks) {
    const expected = letterOf(options.length + (from < 0 ? 0 : 1));
    if (mark[1] !== expected) {
      // A letter inside an option (“去 C 区”) is none; one at a line's beginning is a slip.
      if (mark.index === 0 || text[mark.index - 1] === '\n')
        throw new Fault(`${at}的选项要按 A、B、C 的顺序写：这里应当是 ${expected}，您写的是 ${mark[1]}。`);
      continue;
    }
    end(mark.index);
    from = mark.index + mark[0].length;
  }
  end(text.length);
  if (options.length > limits.options) throw new Fault(`${at}的选项请控制在 ${limits.options} 个以内。`);
  return options;
}

/** What a word in brackets says about its question; undefined where it is part of what is asked. */
function readNote(word: string, at: string, before: readonly Question[]): Partial<Question> | undefined {
  if (/^(?:单选题?|选一项|单项选择)$/u.test(word)) return { kind: 'single' };
  if (/^(?:可?多选题?|可以多选|不定项|多项选择)$/u.test(word)) return { kind: 'multiple' };
  if (/^(?:问答题?|填空题?|简答题?|开放题?|开放|文字|自由填写|写几个字|选填|可不填)$/u.test(word))
    return { kind: 'open' };
  if (/^(?:打分|评分|量表|打分题|评分题|量表题)$/u.test(word)) return { kind: 'scale' };
  const most = /^(?:可?多选)?(?:最多|限|至多)(?:选)?(\d{1,2})(?:项|个)?$/u.exec(word);
  if (most) {
    if (Number(most[1]) < 1) throw new Fault(`${at}最多选几项，请写 1 以上的数。`);
    return { kind: 'multiple', most: Number(most[1]) };
  }
  const scale = /^(?:打分|评分|量表)?(\d{1,2})\s*(?:-|–|—|~|～|到|至)\s*(\d{1,2})\s*分?(?:打分|评分)?$/u.exec(
    word,
  );
  if (scale) {
    const [from, to] = [Number(scale[1]), Number(scale[2])];
    if (to <= from || to > 10) throw new Fault(`${at}的分数请从小到大写，最高 10 分，例如（1-5分）。`);
    return { kind: 'scale', from, to };
  }
  const when =
    /^(?:如果?|若)?(?:第?(\d{1,2})题?)(?:选择?了?|=|＝|为|是)([A-L](?:[或和/]?[A-L])*)(?:的?(?:请?答|填|回答|才答|时答|时))?$/u.exec(
      word,
    );
  if (!when) return undefined;
  return { when: readCondition(Number(when[1]), [...(when[2] ?? '').replace(/[^A-L]/gu, '')], at, before) };
}

function readCondition(
  number: number,
  letters: readonly string[],
  at: string,
  before: readonly Question[],
): Question['when'] {
  const asked = before[number - 1];
  if (!asked) throw new Fault(`${at}要看第 ${number} 题的回答，可是第 ${number} 题不在它前面。`);
  if (asked.kind !== 'single' && asked.kind !== 'multiple')
    throw new Fault(`${at}要看第 ${number} 题选了什么，可是第 ${number} 题不是选择题。`);
  const options = [...new Set(letters)].map((letter) => letter.charCodeAt(0) - 65).sort((a, b) => a - b);
  const missing = options.find((option) => option >= asked.options.length);
  if (missing !== undefined)
    throw new Fault(
      `${at}写了“第 ${number} 题选 ${letterOf(missing)}”，可是第 ${number} 题没有选项 ${letterOf(missing)}。`,
    );
  return { question: number - 1, options };
}
