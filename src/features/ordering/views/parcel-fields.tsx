import { parcelField } from '#domain/order/delivery.ts';
import { ChoiceCard } from '#ui/components/choice-card.tsx';
import { SelectField } from '#ui/components/select-field.tsx';
import { TextField } from '#ui/components/text-field.tsx';
import type { DeliveryProps } from './delivery-props.ts';

type Props = DeliveryProps & { parcel: number };

/** The fields of one parcel, each with its value and its mistake. */
const fieldsOf = ({ parcel, view, draft, assessment, asked }: Props) => {
  const texts = view.texts.delivery;
  return (name: keyof typeof texts.fields, hint?: string) => {
    const field = parcelField(name, parcel);
    const problem = asked ? assessment.delivery?.problems.get(field) : undefined;
    return {
      name: field,
      label: texts.fields[name],
      hint,
      value: draft.typed[field] ?? '',
      problem: problem === undefined ? undefined : texts.problems[problem],
    };
  };
};

/** Who the envelope goes to, whether it is sealed, and where. */
export const EnvelopeFields = (props: Props) => {
  const { view, draft, parcel } = props;
  const { texts, language, dependencies } = view;
  const field = fieldsOf(props);
  const post = dependencies.university.destinations.find(({ kind }) => kind === 'post');
  if (post?.kind !== 'post') return null;
  const to = draft.typed[parcelField('to', parcel)] ?? 'me';
  const sealed = parcelField('sealed', parcel);
  const names = new Intl.DisplayNames([language === 'ja' ? 'ja-JP' : 'en-GB'], { type: 'region' });
  const country = field('country');
  return (
    <>
      {(['me', 'recipient'] as const).map((one) => (
        <ChoiceCard
          key={one}
          type="radio"
          name={parcelField('to', parcel)}
          value={one}
          checked={to === one}
          title={texts.delivery.to[one]}
        />
      ))}
      <input type="hidden" name={sealed} value="no" />
      <ChoiceCard
        type="checkbox"
        name={sealed}
        value="yes"
        checked={draft.typed[sealed] === 'yes'}
        title={texts.delivery.sealed}
        line={texts.delivery.sealedHint}
      />
      <TextField {...field('name', texts.delivery.nameHint)} autocomplete="name" />
      <SelectField
        {...country}
        value={country.value === '' ? 'JP' : country.value}
        options={post.countries.map((code) => {
          const suspended = post.suspendedCountries.includes(code);
          const name = names.of(code) ?? code;
          return {
            value: code,
            label: suspended ? texts.delivery.suspended(name) : name,
            disabled: suspended,
          };
        })}
      />
      <TextField {...field('postcode', texts.delivery.postcodeHint)} short autocomplete="postal-code" />
      <TextField {...field('address')} autocomplete="street-address" />
      <TextField {...field('reference', texts.certificates.referenceHint)} />
    </>
  );
};

/** The organisation as it is to be printed, and the address typed twice: what is sent cannot always be called back. */
export const RecipientFields = (props: Props) => {
  const { view, draft, parcel } = props;
  const texts = view.texts.delivery;
  const field = fieldsOf(props);
  const language = parcelField('language', parcel);
  const code = field('code');
  const codeError = `${code.name}-error`;
  return (
    <>
      <TextField {...field('organisation', texts.organisationHint)} autocomplete="organization" />
      <TextField {...field('department')} />
      <TextField {...field('person')} />
      <TextField {...field('mail')} inputMode="email" maxLength={254} />
      <TextField {...field('again')} inputMode="email" maxLength={254} />
      <input type="hidden" name={code.name} value="no" />
      {code.problem === undefined ? null : (
        <p class="field__error" id={codeError}>
          {code.problem}
        </p>
      )}
      <ChoiceCard
        type="checkbox"
        id={code.name}
        name={code.name}
        value="yes"
        checked={code.value === 'yes'}
        title={code.label}
        line={texts.codeHint}
        describedBy={code.problem === undefined ? undefined : codeError}
      />
      <TextField {...field('reference', view.texts.certificates.referenceHint)} />
      <SelectField
        name={language}
        label={texts.fields.language}
        hint={texts.languageHint}
        value={draft.typed[language] ?? view.language}
        options={[
          { value: 'ja', label: '日本語' },
          { value: 'en', label: 'English' },
        ]}
      />
    </>
  );
};
