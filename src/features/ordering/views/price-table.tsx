import type { Charge } from '#domain/fee/fees.ts';
import type { Yen } from '#domain/money.ts';
import { formatYen } from '#platform/i18n/format.ts';
import type { Fact } from '#ui/components/facts.tsx';
import { Facts } from '#ui/components/facts.tsx';
import type { ViewContext } from './order-state.tsx';

export type Amounts = {
  readonly issuanceFee: Yen;
  readonly systemFee: Yen;
  readonly postage: Yen;
  readonly total: Yen;
  readonly sheets: number;
  readonly printCharge: Yen | null;
};

export type FeeLine = { readonly label: string; readonly amount: Yen };

type Props = {
  view: ViewContext;
  amounts: Amounts;
  /** The issuance fees one by one; their sum alone without. */
  lines?: readonly FeeLine[];
};

/** What is paid to the university, with the tax class of each amount, and what the copier will take besides. */
export const PriceTable = ({ view, amounts, lines }: Props) => {
  const { language, dependencies } = view;
  const texts = view.texts.total;
  const { printChargePerSheet, taxClasses } = dependencies.university.fees;
  const tax = (charge: Charge): string => texts.tax[taxClasses[charge]];
  const fees = lines ?? [{ label: texts.issuanceFee, amount: amounts.issuanceFee }];
  const rows = [
    ...fees.map((line) => ({ ...line, tax: tax('issuanceFee') })),
    { label: texts.systemFee, amount: amounts.systemFee, tax: tax('systemFee') },
    ...(amounts.postage === 0
      ? []
      : [{ label: texts.postage, amount: amounts.postage, tax: tax('postage') }]),
  ];
  const each = formatYen(printChargePerSheet, language);
  return (
    <section class="stack price" aria-labelledby="fees">
      <h2 id="fees">{texts.title}</h2>
      <Facts
        facts={[
          ...rows.map(
            (row): Fact => [
              row.label,
              <>
                {formatYen(row.amount, language)} <small>{row.tax}</small>
              </>,
            ],
          ),
          [texts.total, formatYen(amounts.total, language)],
        ]}
      />
      {amounts.printCharge === null || amounts.printCharge === 0 ? (
        <p>{texts.sheets(amounts.sheets)}</p>
      ) : (
        <p>{texts.printCharge(amounts.sheets, each, formatYen(amounts.printCharge, language))}</p>
      )}
    </section>
  );
};
