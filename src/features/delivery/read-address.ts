import { parseAddress } from '#features/mail-address/index.ts';

export type TypedAddress = { readonly mail: string; readonly again: string };
export type AddressProblem = 'missing' | 'mail' | 'mail-differs';
export type AddressProblems = ReadonlyMap<keyof TypedAddress, AddressProblem>;

/** Reads a corrected address, typed twice; `mail` is null while something is wrong. */
export const readAddress = (typed: TypedAddress): { mail: string | null; problems: AddressProblems } => {
  const first = parseAddress(typed.mail);
  const second = parseAddress(typed.again);
  const wrong = (field: keyof TypedAddress, problem: AddressProblem) => ({
    mail: null,
    problems: new Map([[field, problem]]),
  });
  if (!first.ok) return wrong('mail', first.refusal === 'empty' ? 'missing' : 'mail');
  if (!second.ok || second.address !== first.address) return wrong('again', 'mail-differs');
  return { mail: first.address, problems: new Map() };
};
