/** The check-in code in what a youth typed: `3890。`, `签到码3890`, `３８９０`, `3 8 9 0`, `2 3890`, `活动2 签到码：3890`. */

const longest = 60;
const marks = /[。.!！?？~～,，、;；:：#"“”'‘’()（）【】[\]<>《》]/gu;
const words = /签到码|签到|验证码|口令|号码|码|是|为/gu;

/** The code, and the activity's number where one stands before it; undefined when there are not just four digits. */
export function codeIn(
  typed: string,
): { readonly code: string; readonly number: number | undefined } | undefined {
  const folded = typed.slice(0, longest).normalize('NFKC');
  const bare = folded.replace(marks, ' ').replace(words, ' ').trim();
  const found = /^(?:(?:活动|第)\s*)?(?:(\d{1,6})\s*号?\s*(?:活动)?\s+)?(\d(?:\s*\d){3})$/u.exec(bare);
  const code = found?.[2]?.replace(/\s+/g, '');
  if (code === undefined) return undefined;
  return { code, number: found?.[1] === undefined ? undefined : Number(found[1]) };
}
