import type { FieldProps } from './field-frame.tsx';
import { describedBy, FieldFrame } from './field-frame.tsx';

type Props = FieldProps & {
  readonly value: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly disabled?: boolean;
  }[];
};

/** A choice among many; for a few, cards are easier to press and to compare. */
export const SelectField = ({ value, options, ...field }: Props) => (
  <FieldFrame {...field}>
    <select
      class="field__input"
      id={field.name}
      name={field.name}
      aria-describedby={describedBy(field)}
      aria-invalid={field.problem === undefined ? undefined : 'true'}
    >
      {options.map((option) => (
        <option
          key={option.value}
          value={option.value}
          disabled={option.disabled}
          selected={option.value === value}
        >
          {option.label}
        </option>
      ))}
    </select>
  </FieldFrame>
);
