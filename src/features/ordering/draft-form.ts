import { isDeepStrictEqual } from 'node:util';
import { DESTINATION_KINDS } from '#domain/destination/destination.ts';
import type { Draft } from '#domain/order/draft.ts';
import { mergeFields } from '#domain/order/draft.ts';
import type { AppContext, PostedForm } from '#features/http.tsx';
import type { Session } from '#features/sign-in/index.ts';
import { readSignedInForm, requireSession, takeKeptForm } from '#features/sign-in/index.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { changeDraft } from './draft-store.ts';

/** The forms of an order are kept under one name: each of its pages puts what was typed into the draft. */
const FORM = 'order';

export type Fields = PostedForm['fields'];

/** The posted fields that a page wants, and the form as it came. */
export const readFields = async (
  { cookies }: OrderingDependencies,
  c: AppContext,
  isWanted: (name: string) => boolean,
): Promise<{ session: Session; fields: Fields; form: PostedForm }> => {
  const { session, form } = await readSignedInForm(cookies, c, FORM, isWanted);
  return { session, form, fields: form.fields.filter(([name]) => isWanted(name)) };
};

/** The draft with these fields, under a new key: a confirmation page shown earlier no longer fits it. */
export const withFields = (dependencies: OrderingDependencies, draft: Draft, fields: Fields): Draft => {
  const wanted = fields.find(([name]) => name === 'destination')?.[1];
  const destination = DESTINATION_KINDS.find((kind) => kind === wanted) ?? draft.destination;
  const others = fields.filter(([name]) => name !== 'destination');
  const key = Buffer.from(dependencies.randomBytes(16)).toString('hex');
  return { ...mergeFields(draft, others), destination, key };
};

export const saveFields = (
  dependencies: OrderingDependencies,
  { accountId }: Session,
  fields: Fields,
  change: (draft: Draft) => Draft = (draft) => draft,
): Promise<Draft> =>
  changeDraft(dependencies.db, accountId, dependencies.clock.now(), (draft) => {
    const changed = change(withFields(dependencies, draft, fields));
    // What is saved as typed may arrive after the form itself: the same once more is no change.
    return draft.key !== '' && isDeepStrictEqual({ ...changed, key: draft.key }, draft) ? draft : changed;
  });

/** Puts a form that was kept while its owner was signed out into the draft. */
export const takeKeptFields = async (dependencies: OrderingDependencies, c: AppContext): Promise<void> => {
  const kept = takeKeptForm(dependencies.cookies, c, FORM);
  if (kept !== null) await saveFields(dependencies, requireSession(c), kept.fields);
};
