import type { Draft } from '#domain/order/draft.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import { ChoiceCard } from '#ui/components/choice-card.tsx';
import { TextField } from '#ui/components/text-field.tsx';
import type { Offer } from '../list-offers.ts';
import { FARE_DISCOUNT_FIELDS, LONGEST_STATION } from '../wish-details.ts';
import type { ViewContext } from './order-state.tsx';

type Props = { offers: readonly Offer[]; view: ViewContext; draft: Draft };

/** Purpose and section of a student fare discount, with the warning about misuse; only for who may order one. */
export const FareDiscountFields = ({ offers, view, draft }: Props) => {
  const offered = offers.some(
    ({ type, eligibility }) => type.statement === 'fare-discount' && eligibility.eligible,
  );
  if (!offered) return null;
  const { language, dependencies } = view;
  const texts = view.texts.fareDiscount;
  const { purpose, sectionFrom, sectionTo, over100 } = FARE_DISCOUNT_FIELDS;
  return (
    <fieldset class="stack">
      <legend>{texts.title}</legend>
      <p class="notice">{texts.warning}</p>
      {dependencies.university.fareDiscountPurposes.map((one) => (
        <ChoiceCard
          key={one.code}
          type="radio"
          name={purpose}
          value={one.code}
          title={one[configuredLanguage(language)]}
          checked={draft.typed[purpose] === one.code}
        />
      ))}
      {([sectionFrom, sectionTo] as const).map((name) => (
        <TextField
          key={name}
          name={name}
          label={name === sectionFrom ? texts.from : texts.to}
          hint={name === sectionFrom ? texts.sectionHint : undefined}
          value={draft.typed[name] ?? ''}
          maxLength={LONGEST_STATION}
        />
      ))}
      {/* A box that is not ticked is not sent; this says that it was there. */}
      <input type="hidden" name={over100} value="" />
      <ChoiceCard
        type="checkbox"
        name={over100}
        value="yes"
        title={texts.over100}
        line={texts.over100Rule}
        checked={draft.typed[over100] === 'yes'}
      />
    </fieldset>
  );
};
