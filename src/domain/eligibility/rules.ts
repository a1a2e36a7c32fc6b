import type { ContactMatter } from '../university/contact.ts';
import { currentStudent } from './current-student.ts';
import { degreeHolder } from './degree-holder.ts';
import type { Eligibility, EligibilityReason, EligibilityRule, EligibilitySubject } from './eligibility.ts';
import { ELIGIBLE } from './eligibility.ts';
import { afterOpening, enoughCredits, finalYear } from './final-year.ts';
import { courseworkCompleted, formerStudent, withdrawn } from './former-student.ts';
import { graduate } from './graduate.ts';
import { healthExamined } from './health-examined.ts';
import { graduateSchool, undergraduate } from './level.ts';
import { noHold } from './no-hold.ts';
import { notOnLeave } from './not-on-leave.ts';
import { notStruckOff } from './not-struck-off.ts';
import { officeOpen, outsideYearEndStop } from './open-days.ts';
import { notPaperOnly } from './paper-only.ts';
import { nonRegularStudent, regularStudent } from './regular-student.ts';
import { releasedGrades } from './released-grades.ts';
import { romanisedName } from './romanised-name.ts';
import { validStudentCard } from './student-card.ts';
import { withinLimits } from './within-limits.ts';

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
