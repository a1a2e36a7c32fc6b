import type { Draft } from '#domain/order/draft.ts';
import type { Assessment } from '../assess-draft.ts';
import type { ViewContext } from './order-state.tsx';

export type DeliveryProps = {
  view: ViewContext;
  draft: Draft;
  assessment: Assessment;
  /** Whether the reader asked to go on: only then are mistakes shown. */
  asked: boolean;
};
