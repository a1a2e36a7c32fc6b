import type { TaxClass } from '#domain/fee/fees.ts';

/** Everything a receipt says; the fields of a qualified invoice (消費税法 第57条の4) are among them. */
export type Receipt = {
  readonly number: string;
  readonly addressee: string;
  /** ISO date of payment. */
  readonly paidOn: string;
  readonly rows: readonly ReceiptRow[];
  readonly subtotals: readonly { taxClass: TaxClass; amount: number; tax: number }[];
  readonly total: number;
  readonly universityJa: string;
  readonly universityEn: string;
  readonly unitJa: string;
  readonly unitEn: string;
  readonly registrationNumber: string;
};

export type ReceiptRow = {
  readonly labelJa: string;
  readonly labelEn: string;
  readonly amount: number;
  readonly taxClass: TaxClass;
};
