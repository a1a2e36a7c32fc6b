export type TextFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** A fixed text before the field, such as a country code. */
  readonly prefix?: string | undefined;
  readonly type?: 'text' | 'email' | 'tel' | 'search' | 'password';
  readonly autocomplete?: 'email' | 'one-time-code' | 'off' | 'name' | 'tel';
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'search';
  readonly required?: boolean;
  readonly maxLength?: number;
};

/** One labelled line of text; hint and error are announced with the field. Its id is its name. */
export const TextField = (field: TextFieldProps) => {
  const { name, label, value = '', hint, error, prefix, type = 'text', required = false } = field;
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  const optional: Readonly<Record<string, string | number>> = {
    type,
    ...(field.autocomplete === undefined ? {} : { autocomplete: field.autocomplete }),
    ...(field.inputMode === undefined ? {} : { inputMode: field.inputMode }),
    ...(field.maxLength === undefined ? {} : { maxLength: field.maxLength }),
    ...(described === '' ? {} : { 'aria-describedby': described }),
    ...(error === undefined ? {} : { 'aria-invalid': 'true' as const }),
  };
  return (
    <div class="field">
      <label class="field__label" for={name}>
        {label}
      </label>
      {hint === undefined ? null : (
        <p class="field__hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p class="field__error" id={`${name}-error`}>
          {error}
        </p>
      )}
      <span class="field-line">
        {prefix === undefined ? null : <span class="field-prefix">{prefix}</span>}
        <input class="field__input" id={name} name={name} value={value} required={required} {...optional} />
      </span>
    </div>
  );
};
