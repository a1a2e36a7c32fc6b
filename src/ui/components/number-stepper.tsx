import { describedBy } from './field-frame.tsx';

type Props = {
  readonly name: string;
  /** Says what is counted, to those who hear the field alone. */
  readonly label: string;
  /** As typed; nothing is 0. */
  readonly value: string;
  readonly most: number;
  readonly problem?: string | undefined;
  readonly fewer: string;
  readonly more: string;
};

/** What the buttons of a stepper post as `step`: the field and the direction. */
export const stepValue = (name: string, by: 1 | -1): string => `${by === 1 ? '+' : '-'}${name}`;

/** The field and direction in a posted `step`; null for anything else. */
export const readStep = (posted: string): { name: string; by: 1 | -1 } | null => {
  const [, sign, name] = /^([+-])(.+)$/.exec(posted) ?? [];
  return name === undefined ? null : { name, by: sign === '+' ? 1 : -1 };
};

/** A number between two buttons. Each button submits its form, so that the stepper works without script. */
export const NumberStepper = ({ name, label, value, most, problem, fewer, more }: Props) => (
  <div class="stepper" data-stepper data-most={most}>
    <button
      class="stepper__button"
      type="submit"
      name="step"
      value={stepValue(name, -1)}
      aria-label={`${fewer}: ${label}`}
    >
      −
    </button>
    <input
      class="stepper__input"
      type="text"
      id={name}
      name={name}
      value={value === '' ? '0' : value}
      inputMode="numeric"
      autocomplete="off"
      maxLength={3}
      aria-label={label}
      aria-describedby={describedBy({ name, problem })}
      aria-invalid={problem === undefined ? undefined : 'true'}
    />
    <button
      class="stepper__button"
      type="submit"
      name="step"
      value={stepValue(name, 1)}
      aria-label={`${more}: ${label}`}
    >
      ＋
    </button>
  </div>
);
