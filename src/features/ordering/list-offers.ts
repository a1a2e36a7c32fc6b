import { creditsOf, scaleFor } from '#domain/certificate/academic-record.ts';
import type { CertificateType } from '#domain/certificate/certificate-type.ts';
import { academicYear } from '#domain/dates.ts';
import type { Eligibility } from '#domain/eligibility/eligibility.ts';
import { isPaperOnly } from '#domain/eligibility/paper-only.ts';
import { checkEligibility } from '#domain/eligibility/rules.ts';
import type { Draft } from '#domain/order/draft.ts';
import { copiesField, parseCopies, readCopiesField } from '#domain/order/draft.ts';
import type { PersonRecord, PersonRegister } from '#domain/person/person.ts';
import { NO_FACTS } from '#domain/person/person.ts';
import { findProgramme } from '#domain/university/university.ts';
import type { OrderingDependencies } from './dependencies.ts';
import type { OrderedCopies } from './ordered-copies-store.ts';
import { countOrderedCopies } from './ordered-copies-store.ts';
import type { Wish } from './wish.ts';
import { readDetails } from './wish-details.ts';

/** One certificate in one language of one enrolment, whether or not it may be ordered. */
export type Offer = Wish & { readonly field: string; readonly eligibility: Eligibility };

type Credits = ReturnType<typeof creditsOf>;

const creditsFor = (
  { university }: OrderingDependencies,
  { enrolment, facts }: Pick<Wish, 'enrolment' | 'facts'>,
): Credits => creditsOf(facts.courses, scaleFor(university.grading, academicYear(enrolment.admissionDate)));

export type Applicant = Pick<PersonRegister, 'holds'> & {
  /** Copies of the type, ordered before and wished now. */
  readonly ordered: OrderedCopies;
  readonly copies: number;
};

/** Whether one wish may be granted now, asked by itself. */
export const assessWish = (
  dependencies: OrderingDependencies,
  wish: Wish,
  { holds, ordered, copies, credits = creditsFor(dependencies, wish) }: Applicant & { credits?: Credits },
  now: Temporal.Instant,
): Eligibility => {
  const { university } = dependencies;
  const { person, enrolment, type, language, facts, healthExaminations } = wish;
  const programme = findProgramme(university.faculties, enrolment)?.programme;
  return checkEligibility(type.eligibility, {
    person,
    enrolment,
    holds,
    language,
    now,
    facts,
    healthExaminations,
    credits,
    programme: { years: programme?.years ?? 1, requiredCredits: programme?.requiredCredits ?? null },
    conditions: type.conditions,
    closures: university.calendar.closures,
    paperOnly: isPaperOnly(university.paperOnly, type.code, enrolment),
    ordered,
    copies,
  });
};

const copiesWished = (draft: Draft, type: CertificateType): number => {
  const own = Object.entries(draft.copies).filter(
    ([field]) => readCopiesField(field)?.certificateType === type.code,
  );
  return Math.max(
    1,
    own.reduce((sum, [, typed]) => sum + (parseCopies(typed, 999) ?? 0), 0),
  );
};

/** Of most offers nobody asks whether they may be ordered: only the page where one chooses shows all. */
const offerOf = (wish: Wish, field: string, assess: () => Eligibility): Offer => {
  let known: Eligibility | undefined;
  return {
    ...wish,
    field,
    get eligibility() {
      known ??= assess();
      return known;
    },
  };
};

/** Everything that the draft's destination offers a person, each line checked by itself. */
export const listOffers = async (
  dependencies: OrderingDependencies,
  { person, enrolments, holds, facts: known }: PersonRecord,
  draft: Draft,
  now: Temporal.Instant,
): Promise<Offer[]> => {
  const { university, db } = dependencies;
  const types = university.certificateTypes.filter(
    (type) => type.offered && draft.destination !== null && type.destinations.includes(draft.destination),
  );
  const limited = types.some(({ conditions }) => conditions.limits !== null);
  const ordered = limited ? await countOrderedCopies(db, person.id, now) : new Map<string, OrderedCopies>();
  const details = readDetails(draft, university.fareDiscountPurposes);
  const { healthExaminations } = known;
  const offers: Offer[] = [];
  for (const enrolment of enrolments) {
    const facts = known.enrolments.get(enrolment.id) ?? NO_FACTS;
    const credits = creditsFor(dependencies, { enrolment, facts });
    for (const type of types) {
      const applicant = {
        holds,
        ordered: ordered.get(type.code) ?? { today: 0, thisAcademicYear: 0 },
        copies: copiesWished(draft, type),
        credits,
      };
      for (const language of type.languages) {
        const wish = { person, enrolment, type, language, facts, healthExaminations, details };
        const field = copiesField(enrolment.id, type.code, language);
        offers.push(offerOf(wish, field, () => assessWish(dependencies, wish, applicant, now)));
      }
    }
  }
  return offers;
};
