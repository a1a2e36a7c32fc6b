import { currentStudent } from './current-student.ts';
import type { Eligibility, EligibilityRule, EligibilitySubject } from './eligibility.ts';
import { ELIGIBLE } from './eligibility.ts';
import { graduate } from './graduate.ts';
import { noHold } from './no-hold.ts';
import { notOnLeave } from './not-on-leave.ts';
import { notStruckOff } from './not-struck-off.ts';
import { nonRegularStudent, regularStudent } from './regular-student.ts';
import { releasedGrades } from './released-grades.ts';
import { romanisedName } from './romanised-name.ts';

/** Every rule by the name certificates.yaml calls it, in the order in which they are asked. */
const RULES = {
  'not-struck-off': notStruckOff,
  'no-hold': noHold,
  'current-student': currentStudent,
  'regular-student': regularStudent,
  'non-regular-student': nonRegularStudent,
  graduate,
  'not-on-leave': notOnLeave,
  'romanised-name': romanisedName,
  'released-grades': releasedGrades,
} as const satisfies Record<string, EligibilityRule>;

export type EligibilityRuleName = keyof typeof RULES;

export const ELIGIBILITY_RULE_NAMES = Object.keys(RULES) as [EligibilityRuleName, ...EligibilityRuleName[]];

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
