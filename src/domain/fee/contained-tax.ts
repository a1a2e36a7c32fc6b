import type { Yen } from '../money.ts';
import { yen } from '../money.ts';
import type { TaxClass } from './fees.ts';

/**
 * The consumption tax contained in an amount, in whole yen, rounded down. A qualified invoice rounds once for each tax
 * class (消費税法施行令 第70条の10), so give it a subtotal, not a line.
 */
export const containedTax = (taxClass: TaxClass, amount: Yen): Yen =>
  taxClass === 'untaxed' ? yen(0) : yen(Math.floor((amount * 10) / 110));
