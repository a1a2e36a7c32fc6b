import { contentsField } from '#domain/order/delivery.ts';
import { TextField } from '#ui/components/text-field.tsx';
import { titleText } from './certificate-text.ts';
import type { DeliveryProps } from './delivery-props.ts';

/** How many copies of each certificate go into this envelope, or to this recipient. */
export const ContentsFields = ({
  parcel,
  view,
  draft,
  assessment,
  asked,
}: DeliveryProps & { parcel: number }) => {
  const { texts, language } = view;
  return (
    <>
      <p>{texts.delivery.contents}</p>
      {assessment.lines.map(({ offer, copies }) => {
        const name = contentsField(offer.field, parcel);
        const problem = asked ? assessment.delivery?.problems.get(name) : undefined;
        const title = titleText(offer.type, language);
        return (
          <TextField
            key={name}
            name={name}
            label={texts.delivery.put(title, texts.certificates[offer.language], copies)}
            value={draft.typed[name] ?? ''}
            short
            inputMode="numeric"
            maxLength={2}
            problem={problem === undefined ? undefined : texts.delivery.problems[problem]}
          />
        );
      })}
    </>
  );
};
