import type { ContactMatter } from '../university/contact.ts';
import type { Eligibility, EligibilityReason, EligibilityRule, EligibilitySubject } from './eligibility.ts';
import { ELIGIBLE } from './eligibility.ts';
import { afterOpening } from './rules/after-opening.ts';
import { courseworkCompleted } from './rules/coursework-completed.ts';
import { currentStudent } from './rules/current-student.ts';
import { degreeHolder } from './rules/degree-holder.ts';
import { enoughCredits } from './rules/enough-credits.ts';
import { finalYear } from './rules/final-year.ts';
import { formerStudent } from './rules/former-student.ts';
import { graduate } from './rules/graduate.ts';
import { graduateSchool } from './rules/graduate-school.ts';
import { healthExamined } from './rules/health-examined.ts';
import { noHold } from './rules/no-hold.ts';
import { nonRegularStudent } from './rules/non-regular-student.ts';
import { notOnLeave } from './rules/not-on-leave.ts';
import { notPaperOnly } from './rules/not-paper-only.ts';
import { notStruckOff } from './rules/not-struck-off.ts';
import { officeOpen } from './rules/office-open.ts';
import { outsideYearEndStop } from './rules/outside-year-end-stop.ts';
import { regularStudent } from './rules/regular-student.ts';
import { releasedGrades } from './rules/released-grades.ts';
import { romanisedName } from './rules/romanised-name.ts';
import { validStudentCard } from './rules/student-card.ts';
import { undergraduate } from './rules/undergraduate.ts';
import { withdrawn } from './rules/withdrawn.ts';
import { withinLimits } from './rules/within-limits.ts';

/** Every rule by the name certificates.yaml calls it, in the order in which they are asked. */
const RULES = {
  'not-struck-off': notStruckOff,
  'no-hold': noHold,
  'current-student': currentStudent,
  'former-student': formerStudent,
  'regular-student': regularStudent,
  'non-regular-student': nonRegularStudent,
  undergraduate,
  'graduate-school': graduateSchool,
  graduate,
  'degree-holder': degreeHolder,
  withdrawn,
  'coursework-completed': courseworkCompleted,
  'not-paper-only': notPaperOnly,
  'not-on-leave': notOnLeave,
  'final-year': finalYear,
  'after-opening': afterOpening,
  'enough-credits': enoughCredits,
  'health-examined': healthExamined,
  'student-card': validStudentCard,
  'romanised-name': romanisedName,
  'released-grades': releasedGrades,
  'office-open': officeOpen,
  'outside-year-end-stop': outsideYearEndStop,
  'within-limits': withinLimits,
} as const satisfies Record<string, EligibilityRule>;

export type EligibilityRuleName = keyof typeof RULES;

export const ELIGIBILITY_RULE_NAMES = Object.keys(RULES) as [EligibilityRuleName, ...EligibilityRuleName[]];

/** These say when and how often an order may be made, and nothing of whether the certificate is true. */
const ORDERING_ONLY: readonly EligibilityRuleName[] = [
  'office-open',
  'outside-year-end-stop',
  'within-limits',
];

/**
 * The rules asked again before a line is sealed. What was ordered and paid in time is not refused because the office has
 * closed since, and a line is not counted against its own limit.
 */
export const rulesAtSealing = (names: readonly EligibilityRuleName[]): EligibilityRuleName[] =>
  names.filter((name) => !ORDERING_ONLY.includes(name));

/**
 * Whether one line may be ordered or sealed: the refusal of the first named rule, in the order above, that does not
 * hold. Each line is asked by itself.
 */
export const checkEligibility = (
  names: readonly EligibilityRuleName[],
  subject: EligibilitySubject,
): Eligibility => {
  for (const name of ELIGIBILITY_RULE_NAMES) {
    if (!names.includes(name)) continue;
    const answer = RULES[name](subject);
    if (!answer.eligible) return answer;
  }
  return ELIGIBLE;
};

/** Who can help with a refusal; null where there is nothing to ask but patience. */
export const matterOfReason = (reason: EligibilityReason): ContactMatter | null => {
  switch (reason) {
    case 'hold-tuition':
      return 'tuition';
    case 'no-health-examination':
    case 'no-english-health-form':
      return 'health';
    case 'struck-off':
    case 'paper-only':
    case 'hold-library':
    case 'hold-documents':
    case 'hold-discipline':
    case 'no-romanised-name':
    case 'no-degree':
    case 'no-grades':
    case 'no-student-card':
    case 'student-card-expired':
    case 'too-few-credits':
      return 'content';
    default:
      return null;
  }
};
