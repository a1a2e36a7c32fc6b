import type { ComponentChildren } from 'preact';

export type FieldProblem = { readonly field: string; readonly message: string };

/** What every field of a form has: its name, which is also its id, and what is said around it. */
export type FieldProps = {
  readonly name: string;
  readonly label: ComponentChildren;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
};

/** The ids that describe a field, for `aria-describedby`; undefined where nothing does. */
export const describedBy = ({
  name,
  hint,
  problem,
}: Pick<FieldProps, 'name' | 'hint' | 'problem'>): string | undefined => {
  const ids = [hint === undefined ? '' : `${name}-hint`, problem === undefined ? '' : `${name}-error`];
  return ids.filter((id) => id !== '').join(' ') || undefined;
};

/** Label, hint and mistake above a control, in the order in which they are read out. */
export const FieldFrame = ({
  name,
  label,
  hint,
  problem,
  children,
}: FieldProps & { children: ComponentChildren }) => (
  <div class={problem === undefined ? 'field' : 'field field--wrong'}>
    <label class="field__label" for={name}>
      {label}
    </label>
    {hint === undefined ? null : (
      <p class="field__hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    {problem === undefined ? null : (
      <p class="field__error" id={`${name}-error`}>
        {problem}
      </p>
    )}
    {children}
  </div>
);
