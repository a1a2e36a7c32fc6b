import type { Yen } from '#domain/money.ts';
import { formatYen } from '#platform/i18n/format.ts';
import type { ViewContext } from './order-state.tsx';

export type Amounts = {
  readonly issuanceFee: Yen;
  readonly systemFee: Yen;
  readonly total: Yen;
  readonly sheets: number;
  readonly printCharge: Yen | null;
};

export const PriceTable = ({ view, amounts }: { view: ViewContext; amounts: Amounts }) => {
  const { language, dependencies } = view;
  const texts = view.texts.total;
  const each = formatYen(dependencies.university.fees.printChargePerSheet, language);
  const rows = [
    [texts.issuanceFee, amounts.issuanceFee],
    [texts.systemFee, amounts.systemFee],
    [texts.total, amounts.total],
  ] as const;
  return (
    <section class="stack" aria-labelledby="fees">
      <h2 id="fees">{texts.title}</h2>
      <dl class="facts">
        {rows.map(([label, amount]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{formatYen(amount, language)}</dd>
          </div>
        ))}
      </dl>
      {amounts.printCharge === null || amounts.printCharge === 0 ? (
        <p>{texts.sheets(amounts.sheets)}</p>
      ) : (
        <p>{texts.printCharge(amounts.sheets, each, formatYen(amounts.printCharge, language))}</p>
      )}
    </section>
  );
};
