import { availabilityOf } from '#domain/destination/availability.ts';
import { needsDelivery } from '#domain/order/delivery.ts';
import type { Draft } from '#domain/order/draft.ts';
import { stepCopies } from '#domain/order/draft.ts';
import type { PersonRecord } from '#domain/person/person.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { respond, textsFor } from '#features/http.tsx';
import type { Session } from '#features/sign-in/index.ts';
import { requireSession } from '#features/sign-in/index.ts';
import { together } from '#platform/database/database.ts';
import { readStep } from '#ui/components/number-stepper.tsx';
import { assessDraft, assessForPage, isChosen } from './assess-draft.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { readFields, saveFields, takeKeptFields } from './draft-form.ts';
import { readDraft } from './draft-store.ts';
import { listOrders } from './order-store.ts';
import * as paths from './paths.ts';
import { readForPage } from './read-for-page.ts';
import { stepOf, viewOf } from './view-context.ts';
import { CertificatesPage } from './views/certificates-page.tsx';
import { DestinationPage } from './views/destination-page.tsx';
import { isUnfinished } from './views/order-state.tsx';
import { FARE_DISCOUNT_FIELDS } from './wish-details.ts';

/** Select Printing Destination. */
export const addDestinationRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { db, clock, university, register: registers } = dependencies;
  const show = async (c: AppContext, problem: boolean): Promise<Response> => {
    const { accountId, personId } = requireSession(c);
    const view = viewOf(c, dependencies);
    const [draft, register, orders] = await together(db, (one) =>
      Promise.all([
        readDraft(one, accountId),
        registers.readRecentRecord(personId, clock.now(), one),
        listOrders(one, accountId),
      ]),
    );
    const unfinished = orders.filter(isUnfinished);
    const page = { ...stepOf(draft, 'destination', view), status: problem ? 422 : 200 } as const;
    const { errorSummary } = textsFor(c).frame;
    const props = { view, draft, register, unfinished, problem, errorSummary };
    return respond(c, page, <DestinationPage {...props} />);
  };
  // Whoever shortens the address still finds the way in.
  routes.get('/order', (c) => c.redirect(paths.destinationPath(), 303));
  routes.get(paths.destinationPath(), async (c) => {
    await takeKeptFields(dependencies, c);
    return show(c, false);
  });
  routes.post(paths.destinationPath(), async (c) => {
    const { session, fields } = await readFields(dependencies, c, (name) => name === 'destination');
    const { enrolments } = await registers.readRecentRecord(session.personId, clock.now());
    const chosen = university.destinations.find(({ kind }) => kind === fields[0]?.[1]);
    if (chosen === undefined || !availabilityOf(chosen, enrolments, clock.now()).available)
      return show(c, true);
    await saveFields(dependencies, session, fields);
    return c.redirect(paths.certificatesPath(), 303);
  });
};

const TYPED_FIELDS: readonly string[] = ['reference', ...Object.values(FARE_DISCOUNT_FIELDS)];
const isCertificateField = (name: string): boolean =>
  name.startsWith('copies.') || TYPED_FIELDS.includes(name);

/** Select certificates. */
export const addCertificateRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { clock, university, register: registers } = dependencies;
  type Read = readonly [Draft, PersonRecord];
  const show = async (c: AppContext, [draft, register]: Read, asked: boolean): Promise<Response> => {
    if (draft.destination === null) return c.redirect(paths.destinationPath(), 303);
    const assessment = await assessDraft(dependencies, register, draft, clock.now());
    if (!assessment.open) return c.redirect(paths.destinationPath(), 303);
    if (asked && isChosen(assessment)) {
      const details = needsDelivery(draft.destination);
      return c.redirect(details ? paths.deliveryPath() : paths.confirmationPath(), 303);
    }
    const view = viewOf(c, dependencies);
    const step = stepOf(draft, 'certificates', view);
    const page = { ...step, status: asked ? 422 : 200, scripts: ['copies'] } as const;
    const { errorSummary } = textsFor(c).frame;
    return respond(c, page, <CertificatesPage {...{ view, draft, assessment, asked, errorSummary }} />);
  };
  routes.get(paths.certificatesPath(), async (c) => {
    await takeKeptFields(dependencies, c);
    return show(c, await readForPage(dependencies, requireSession(c)), false);
  });
  routes.post(paths.certificatesPath(), async (c) => {
    const { session, fields, form } = await readFields(dependencies, c, isCertificateField);
    const step = readStep(form.get('step'));
    const action = form.get('action');
    const change = (typed: Draft): Draft => {
      if (step === null) return typed;
      const now = stepCopies(typed.copies[step.name] ?? '', step.by, university.limits.copiesPerLine);
      return { ...typed, copies: { ...typed.copies, [step.name]: now } };
    };
    const [draft, register] = await together(dependencies.db, (db) =>
      Promise.all([
        saveFields({ ...dependencies, db }, session, fields, change),
        action === 'next' ? registers.readRecentRecord(session.personId, clock.now(), db) : null,
      ]),
    );
    if (action === 'drop') await dropConflicts(dependencies, session, draft);
    if (register !== null) return show(c, [draft, register], true);
    return c.redirect(step === null ? paths.certificatesPath() : paths.certificatesPath(step.name), 303);
  });
};

/** Takes out of the draft what its destination does not offer. */
const dropConflicts = async (
  dependencies: OrderingDependencies,
  session: Session,
  draft: Draft,
): Promise<void> => {
  const { offers } = await assessForPage(dependencies, session.personId, draft, dependencies.clock.now());
  const offered = new Set(offers.map(({ field }) => field));
  await saveFields(dependencies, session, [], (now) => ({
    ...now,
    copies: Object.fromEntries(Object.entries(now.copies).filter(([field]) => offered.has(field))),
  }));
};
