import type { FieldProps } from './field-frame.tsx';
import { describedBy, FieldFrame } from './field-frame.tsx';

type Props = FieldProps & {
  readonly value: string;
  readonly short?: boolean;
  readonly inputMode?: 'email' | 'numeric' | 'tel' | 'text';
  readonly autocomplete?: string;
  readonly maxLength?: number;
};

/**
 * One line of text. Its type is always `text`: with `email` or `number` a browser refuses full-width letters before
 * the server can fold them, and changes what was typed.
 */
export const TextField = ({ value, short, inputMode, autocomplete, maxLength, ...field }: Props) => (
  <FieldFrame {...field}>
    <input
      class={short === true ? 'field__input field__input--short' : 'field__input'}
      type="text"
      id={field.name}
      name={field.name}
      value={value}
      inputMode={inputMode}
      autocomplete={autocomplete ?? 'off'}
      autocapitalize={inputMode === 'email' ? 'none' : undefined}
      spellcheck={false}
      maxLength={maxLength}
      aria-describedby={describedBy(field)}
      aria-invalid={field.problem === undefined ? undefined : 'true'}
    />
  </FieldFrame>
);
