/** What the bot means to say, before a platform is asked to say it. Stored as JSON until it is sent. */
import type { Content } from '../../adapters/adapter.ts';
import type { MonthReport } from '../../domain/listening/month.ts';
import type { Overview } from '../../domain/standing/overview.ts';
import type { Progress } from '../../domain/standing/progress.ts';
import type { SurveyResults } from '../../domain/surveys/results.ts';
import type { CardStyle } from '../../domain/topics/library.ts';
import type { Paper } from '../render/paper.ts';
import type { Poster } from '../render/poster.ts';
import type { WishWall } from '../render/wish-wall-text.ts';

/** A topic as its picture card shows it. */
export interface TopicPicture {
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly style: CardStyle;
}

/** Content whose pictures are still data: they are drawn when they are sent. */
export type Draft =
  | Exclude<Content, { readonly type: 'image' | 'file' }>
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'topic-card'; readonly topic: TopicPicture }
  | { readonly type: 'file'; readonly name: string; readonly base64: string }
  | { readonly type: 'survey'; readonly results: SurveyResults }
  /** An Excel file. */
  | { readonly type: 'workbook'; readonly name: string; readonly sheets: readonly Sheet[] }
  /** A Word file in official layout. */
  | { readonly type: 'paper'; readonly name: string; readonly paper: Paper }
  /** What a group asked for in a month, and what was done. */
  | { readonly type: 'month'; readonly report: MonthReport }
  /** A picture or document that is kept under that name; `alt` says what it is. */
  | { readonly type: 'photo'; readonly file: string; readonly alt: string }
  /** A title, lines and a QR code, drawn when it is sent. */
  | ({ readonly type: 'poster' } & Poster)
  | { readonly type: 'overview'; readonly overview: Overview }
  | { readonly type: 'wish-wall'; readonly wall: WishWall };

/** A table of a workbook; the first row is its head. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly (string | number)[])[];
}

/** `reply` answers somebody; `post` is said into a group at the cadre's command; `notice` is private word to one person; `reminder` is ours; `help` is for somebody in danger, and somebody is told if it cannot be delivered. */
export type OutgoingKind = 'reply' | 'post' | 'notice' | 'reminder' | 'help';

export interface Outgoing {
  /** Says what the message means (“reply/<account>/<message id>/0”, “topic/12”): it cannot be said twice. */
  readonly key: string;
  readonly kind: OutgoingKind;
  /** `sealed`: to somebody whom nothing but the sender, at the moment of sending, learns (bot/sealed-address.ts). */
  readonly to: { readonly groupId: number } | { readonly personId: number } | { readonly sealed: string };
  readonly draft: Draft;
  /** Platform id of the message that is answered. */
  readonly quote?: string | undefined;
  /** Key of an earlier message whose card this one replaces in place; on a platform that cannot, it is not said at all. */
  readonly updates?: string | undefined;
  /** The topic that this message opens; its platform id is noted there once sent. */
  readonly topicId?: number | undefined;
  /** Of a `help`: said, to somebody else, if the platform refuses it or nobody can know that it arrived. */
  readonly ifLost?: Pick<Outgoing, 'kind' | 'to' | 'draft'> | undefined;
  /** Not before / not after, milliseconds. */
  readonly notBefore?: number | undefined;
  readonly expiresAt?: number | undefined;
}
