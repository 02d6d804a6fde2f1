/** A demand in the problem list (诉求, 问题清单): 待受理 → 办理中 → 办结, and what each step needs (新疆 §四.4). */

/** `open` 待受理, `accepted` 办理中, `closed` 办结. */
export type DemandStage = 'open' | 'accepted' | 'closed';

/** A demand as far as its life goes; instants are milliseconds since the epoch. `number` counts within its group. */
export interface Demand {
  readonly number: number;
  readonly text: string;
  readonly state: DemandStage;
  readonly createdAt: number;
  readonly acceptedAt: number | undefined;
  readonly closedAt: number | undefined;
  /** What the asker is told at the end. */
  readonly reply: string | undefined;
}

/** What a cadre does with a demand. */
export type DemandStep =
  | { readonly step: 'accept'; readonly at: number }
  | { readonly step: 'close'; readonly at: number; readonly reply: string };

/** The demand as it is after a step, or why the step cannot be taken, said to whoever takes it. */
export type DemandDecision =
  | { readonly kind: 'demand'; readonly demand: Demand }
  | { readonly kind: 'fault'; readonly say: string };

const longest = 1000;

/** The Chinese word for a stage. */
export const stageNames: Readonly<Record<DemandStage, string>> = {
  open: '待受理',
  accepted: '办理中',
  closed: '办结',
};

/** A new demand with the next number of its group. The text has 1 to 1000 characters (code points) after trimming. */
export function openDemand(number: number, text: string, at: number): DemandDecision {
  const trimmed = text.trim();
  const length = [...trimmed].length;
  if (length === 0) return fault('想反映什么？写在后面就行，比如：/诉求 宿舍三楼的热水晚上总是断');
  if (length > longest)
    return fault(`写了 ${length} 个字，请收到 ${longest} 字以内，说清楚什么事、在哪儿就好。`);
  return {
    kind: 'demand',
    demand: {
      number,
      text: trimmed,
      state: 'open',
      createdAt: at,
      acceptedAt: undefined,
      closedAt: undefined,
      reply: undefined,
    },
  };
}

/**
 * The demand after a step. Accepting an open one and closing an open or accepted one, with a reply of 1 to 1000
 * characters, are the only steps: what cannot be solved is explained in the reply (团中央 问答 61, 64).
 */
export function decide(demand: Demand, step: DemandStep): DemandDecision {
  if (demand.state === 'closed') return fault(`第 ${demand.number} 号诉求已经办结了，不能再改。`);
  if (step.step === 'accept') {
    if (demand.state === 'accepted') return fault(`第 ${demand.number} 号诉求已经受理，正在办理中。`);
    return { kind: 'demand', demand: { ...demand, state: 'accepted', acceptedAt: step.at } };
  }
  const reply = step.reply.trim();
  const length = [...reply].length;
  if (length === 0) {
    return fault(`办结要写一句答复，对方会收到，比如：/问题清单 办结 ${demand.number} 已报修，周三前修好`);
  }
  if (length > longest) return fault(`答复有 ${length} 个字，请收到 ${longest} 字以内。`);
  const acceptedAt = demand.acceptedAt ?? step.at;
  return { kind: 'demand', demand: { ...demand, state: 'closed', acceptedAt, closedAt: step.at, reply } };
}

function fault(say: string): DemandDecision {
  return { kind: 'fault', say };
}
