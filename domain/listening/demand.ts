/**
 * A demand in the problem list (诉求, 问题清单) and its life (新疆 §四.4): 待受理 → 办理中 → 待反馈确认 → 办结, or 无法解决
 * with an explanation (团中央 问答 61, 64), 转报 with the asker's consent, 合并, or withdrawn. Nobody is left without an
 * answer: every way out but the asker's own withdrawal leads through words to the asker.
 */

/** `open` 待受理, `accepted` 办理中, `answered` 待反馈确认, `closed` 办结, `unsolved` 无法解决, `referred` 转报, `merged` 合并, `withdrawn` 已撤回. */
export type DemandStage =
  | 'open'
  | 'accepted'
  | 'answered'
  | 'closed'
  | 'unsolved'
  | 'referred'
  | 'merged'
  | 'withdrawn';

export type Consent = 'asked' | 'given' | 'refused';

/** What a demand is about; a person says so, nobody guesses. */
export const demandKinds = ['思想困惑', '现实困难', '意见建议'] as const;
export type DemandKind = (typeof demandKinds)[number];

/** The usual fields; any other short word may be one, too. */
export const usualFields = ['学习', '生活', '就业创业', '心理', '权益', '资助', '后勤'] as const;

/** A demand as far as its life goes; instants are milliseconds since the epoch. `number` counts within its group. */
export interface Demand {
  readonly number: number;
  /** Empty once it is withdrawn. */
  readonly text: string;
  readonly state: DemandStage;
  readonly createdAt: number;
  readonly acceptedAt: number | undefined;
  /** When the reply was given that the asker may confirm. */
  readonly answeredAt: number | undefined;
  readonly closedAt: number | undefined;
  /** What the asker is told at the end. */
  readonly reply: string | undefined;
  /** Of reporting it to the unit. */
  readonly consent: Consent | undefined;
  /** The number of the demand that goes on for this one. */
  readonly mergedInto: number | undefined;
}

/** What a cadre does with a demand. */
export type CadreStep =
  | { readonly step: 'accept'; readonly at: number }
  /** Words on the way, which end nothing. */
  | { readonly step: 'progress'; readonly at: number; readonly reply: string }
  | { readonly step: 'answer'; readonly at: number; readonly reply: string }
  | { readonly step: 'explain'; readonly at: number; readonly reply: string }
  | { readonly step: 'refer'; readonly at: number }
  | { readonly step: 'merge'; readonly at: number; readonly into: Pick<Demand, 'number' | 'state'> };

/** What its asker does; `lapse`: has said nothing for {@link lapseMs}. */
export type AskerStep =
  | { readonly step: 'confirm'; readonly at: number }
  | { readonly step: 'reopen'; readonly at: number }
  | { readonly step: 'consent'; readonly at: number; readonly yes: boolean }
  | { readonly step: 'withdraw'; readonly at: number }
  | { readonly step: 'lapse'; readonly at: number };

export type DemandStep = CadreStep | AskerStep;

/** The demand as it is after a step, or why the step cannot be taken, said to whoever takes it. */
export type DemandDecision =
  | { readonly kind: 'demand'; readonly demand: Demand }
  | { readonly kind: 'fault'; readonly say: string };

const longest = 1000;

/** An asker who is content need say nothing: after so long the answer stands. It can still be reopened. */
export const lapseMs = 14 * 86_400_000;

/** The Chinese word for a stage. */
export const stageNames: Readonly<Record<DemandStage, string>> = {
  open: '待受理',
  accepted: '办理中',
  answered: '待反馈确认',
  closed: '办结',
  unsolved: '无法解决',
  referred: '转报',
  merged: '合并',
  withdrawn: '已撤回',
};

/** The stages in which the cadre still has something to do. */
export const inHand: readonly DemandStage[] = ['open', 'accepted', 'referred'];

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
      answeredAt: undefined,
      closedAt: undefined,
      reply: undefined,
      consent: undefined,
      mergedInto: undefined,
    },
  };
}

/** The demand after a step, or why it cannot be taken. */
export function decide(demand: Demand, step: DemandStep): DemandDecision {
  const { number, state } = demand;
  const which = `第 ${number} 号诉求`;
  if (state === 'withdrawn')
    return fault(step.step === 'withdraw' ? `${which}已经撤回了。` : `${which}已经撤回，不用再办。`);
  const to = (change: Partial<Demand>): DemandDecision => ({
    kind: 'demand',
    demand: { ...demand, ...change },
  });
  switch (step.step) {
    case 'accept':
      if (state === 'accepted') return fault(`${which}已经受理，正在办理中。`);
      return state === 'open' ? to({ state: 'accepted', acceptedAt: step.at }) : settled(demand);
    case 'progress':
      if (!inHand.includes(state)) return settled(demand);
      return (
        faultOfReply(number, step.reply.trim(), step.step) ??
        to(state === 'open' ? { state: 'accepted', acceptedAt: step.at } : {})
      );
    case 'answer':
    case 'explain': {
      if (!inHand.includes(state)) return settled(demand);
      const reply = step.reply.trim();
      const wrong = faultOfReply(number, reply, step.step);
      if (wrong) return wrong;
      const common = { reply, acceptedAt: demand.acceptedAt ?? step.at, answeredAt: step.at };
      return step.step === 'answer'
        ? to({ ...common, state: 'answered' })
        : to({ ...common, state: 'unsolved', closedAt: step.at });
    }
    case 'refer':
      if (state !== 'open' && state !== 'accepted') return settled(demand);
      if (demand.consent === 'asked') return fault(`${which}正在等对方同意转报。`);
      if (demand.consent === 'refused')
        return fault(`${which}的提出人不愿意转报，请尊重对方的意思，就在您这里办。`);
      return to({ state: 'accepted', acceptedAt: demand.acceptedAt ?? step.at, consent: 'asked' });
    case 'merge':
      return merged(demand, step);
    case 'consent':
      if (demand.consent !== 'asked' || state !== 'accepted') return fault(`${which}现在没有等你同意的事。`);
      return step.yes ? to({ state: 'referred', consent: 'given' }) : to({ consent: 'refused' });
    case 'confirm':
      if (state !== 'answered') return fault(`${which}现在没有等你确认的答复。`);
      return to({ state: 'closed', closedAt: step.at });
    case 'lapse':
      if (state !== 'answered' || step.at < (demand.answeredAt ?? step.at) + lapseMs)
        return fault(`${which}还不到时候。`);
      return to({ state: 'closed', closedAt: step.at });
    case 'reopen':
      // Its asker says that it is not the same after all, or that the common answer does not solve it.
      if (state === 'merged')
        return to({
          state: 'accepted',
          acceptedAt: demand.acceptedAt ?? step.at,
          closedAt: undefined,
          mergedInto: undefined,
        });
      if (state !== 'answered' && state !== 'closed' && state !== 'unsolved')
        return fault(`${which}还没有答复，正等着办，不用重开。`);
      return to({ state: 'accepted', closedAt: undefined, answeredAt: undefined });
    case 'withdraw':
      return to({ state: 'withdrawn', text: '', reply: undefined, closedAt: step.at });
  }
}

function merged(demand: Demand, { at, into }: Extract<CadreStep, { step: 'merge' }>): DemandDecision {
  if (demand.state !== 'open' && demand.state !== 'accepted') return settled(demand);
  if (into.number === demand.number) return fault('不能合并到自己，请写另一条的编号。');
  if (!inHand.includes(into.state))
    return fault(`第 ${into.number} 号已经是“${stageNames[into.state]}”，请合并到一条还在办的。`);
  return {
    kind: 'demand',
    demand: { ...demand, state: 'merged', closedAt: at, mergedInto: into.number },
  };
}

function settled({ number, state, mergedInto }: Demand): DemandDecision {
  const which = `第 ${number} 号诉求`;
  if (state === 'answered') return fault(`${which}已经答复，等对方确认；对方说没解决，会自动回到办理中。`);
  if (state === 'merged') return fault(`${which}已经合并到第 ${mergedInto} 号，请办第 ${mergedInto} 号。`);
  return fault(`${which}已经是“${stageNames[state]}”，不能再改。`);
}

function faultOfReply(
  number: number,
  reply: string,
  step: 'progress' | 'answer' | 'explain',
): DemandDecision | undefined {
  const length = [...reply].length;
  if (length === 0 && step === 'progress')
    return fault(`请写一句进展，对方会收到，比如：/问题清单 进展 ${number} 已经联系后勤，明天有人来看`);
  if (length === 0 && step === 'answer')
    return fault(`办结要写一句答复，对方会收到，比如：/问题清单 办结 ${number} 已报修，周三前修好`);
  if (length === 0)
    return fault(
      `解决不了的，请说明原因，对方会收到，比如：/问题清单 无法解决 ${number} 学校规定要到下学期才能调整，我已经反映`,
    );
  return length > longest ? fault(`答复有 ${length} 个字，请收到 ${longest} 字以内。`) : undefined;
}

function fault(say: string): DemandDecision {
  return { kind: 'fault', say };
}
