import { parseAddress } from '#features/mail-address/index.ts';

export type TypedAddress = { readonly mail: string; readonly again: string };
export type AddressProblem = 'missing' | 'mail' | 'mail-differs';

/** Reads a corrected address, typed twice; `mail` is null while something is wrong. */
export const readAddress = (
  typed: TypedAddress,
): { mail: string | null; problems: ReadonlyMap<'mail' | 'again', AddressProblem> } => {
  const first = parseAddress(typed.mail);
  const second = parseAddress(typed.again);
  const wrong = (field: 'mail' | 'again', problem: AddressProblem) => ({
    mail: null,
    problems: new Map([[field, problem]]),
  });
  if (!first.ok) return wrong('mail', first.refusal === 'empty' ? 'missing' : 'mail');
  if (!second.ok || second.address !== first.address) return wrong('again', 'mail-differs');
  return { mail: first.address, problems: new Map() };
};
