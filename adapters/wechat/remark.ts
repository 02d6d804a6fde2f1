/** Our mark in a friend's remark, which nobody but this account can set. */

/** Before a mark; what the account's owner wrote stands before it. */
const markSign = '联青#';
/** WeChat's longest remark is longer. */
const longestRemark = 30;

/** Our mark within a remark. */
export function markIn(remark: string | undefined): string | undefined {
  return /联青#([0-9A-Z]{4,12})/.exec(remark ?? '')?.[1];
}

/** A remark with our mark, the owner's words kept. */
export function withMark(remark: string | undefined, mark: string): string {
  const own = (remark ?? '').replace(/ ?联青#[0-9A-Z]{4,12}/g, '').trim();
  return [own.slice(0, longestRemark - mark.length - markSign.length - 1), `${markSign}${mark}`]
    .filter((part) => part !== '')
    .join(' ');
}
