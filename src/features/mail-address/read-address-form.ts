import type { Catalog } from '#messages/catalog.ts';
import type { AddressOptions } from './address.ts';
import { parseAddress } from './address.ts';
import type { Problem } from './views/address-form.tsx';

export type TypedAddress = { readonly address: string; readonly check: string; readonly asked: string };

export type AddressDecision =
  | { readonly ok: true; readonly address: string; readonly folded: boolean }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly asked: string };

/** Judges both fields; an address like a common one's misspelling is asked about once, then believed. */
export const readAddressForm = (
  typed: TypedAddress,
  current: string | null,
  texts: Catalog['mailAddress']['errors'],
  options: AddressOptions = {},
): AddressDecision => {
  const refuse = (field: Problem['field'], message: string, asked = ''): AddressDecision => ({
    ok: false,
    problems: [{ field, message }],
    asked,
  });
  const verdict = parseAddress(typed.address, options);
  if (!verdict.ok) return refuse('address', texts[verdict.refusal]);
  const check = parseAddress(typed.check, options);
  if (!check.ok || check.address !== verdict.address) return refuse('check', texts.mismatch);
  if (verdict.address === current) return refuse('address', texts.same);
  if (verdict.suggestion !== null && typed.asked !== verdict.address) {
    return refuse('address', texts.suggestion(verdict.suggestion), verdict.address);
  }
  return { ok: true, address: verdict.address, folded: verdict.folded };
};
