import { MOST_PARCELS, parcelCount, parcelField } from '#domain/order/delivery.ts';
import type { Draft } from '#domain/order/draft.ts';
import { OwnerField } from '#features/sign-in/index.ts';
import { configuredLanguage, nameIn } from '#platform/i18n/language.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';
import { ChoiceCard } from '#ui/components/choice-card.tsx';
import { ErrorSummary } from '#ui/components/error-summary.tsx';
import { certificatesPath, deliveryPath } from '../paths.ts';
import type { DeliveryProps } from './delivery-props.ts';
import type { ViewContext } from './order-state.tsx';
import { ContentsFields } from './parcel-contents.tsx';
import { EnvelopeFields, RecipientFields } from './parcel-fields.tsx';

export const DeliveryPage = (props: DeliveryProps & { errorSummary: string }) => {
  const { view, draft, assessment, asked, errorSummary } = props;
  const texts = view.texts.delivery;
  const found = [...(assessment.delivery?.problems ?? [])].toSorted(([a], [b]) => placeOf(a) - placeOf(b));
  const problems = found.map(([field, problem]) => ({
    field,
    message: `${labelOf(field, draft, view)}${texts.problems[problem]}`,
  }));
  if (assessment.tooHeavy) problems.push({ field: parcelField('country', 1), message: texts.tooHeavy });
  const parcels = Array.from({ length: parcelCount(draft.typed) }, (_, index) => index + 1);
  const post = draft.destination === 'post';
  return (
    <form method="post" action={deliveryPath()} class="stack" novalidate>
      <OwnerField accountId={view.accountId} />
      <button type="submit" name="action" value="next" class="button--enter" tabIndex={-1}>
        {texts.next}
      </button>
      <ErrorSummary title={errorSummary} problems={asked ? problems : []} />
      {draft.destination === 'counter' ? (
        <Counter {...props} />
      ) : (
        <>
          <p>{post ? texts.leadPost : texts.leadDigital}</p>
          {parcels.map((parcel) => (
            <fieldset class="card stack" key={parcel}>
              <legend class="enrolment">{post ? texts.envelope(parcel) : texts.recipient(parcel)}</legend>
              {post ? (
                <EnvelopeFields parcel={parcel} {...props} />
              ) : (
                <RecipientFields parcel={parcel} {...props} />
              )}
              {parcels.length === 1 ? null : <ContentsFields parcel={parcel} {...props} />}
            </fieldset>
          ))}
          <div class="actions">
            {parcels.length === 1 ? null : (
              <Button kind="secondary" name="action" value="remove">
                {post ? texts.removeEnvelope : texts.removeRecipient}
              </Button>
            )}
            {parcels.length === MOST_PARCELS ? null : (
              <Button kind="secondary" name="action" value="add">
                {post ? texts.addEnvelope : texts.addRecipient}
              </Button>
            )}
          </div>
        </>
      )}
      <div class="actions">
        <LinkButton kind="secondary" href={certificatesPath()}>
          {texts.back}
        </LinkButton>
        <Button name="action" value="next">
          {texts.next}
        </Button>
      </div>
    </form>
  );
};

/** Where a field stands on the page: by its parcel, and what goes into one after where it goes. */
const placeOf = (field: string): number => {
  const [, put, parcel] = /^(put)?[^.]*\.(\d)/.exec(field) ?? [];
  return Number(parcel ?? 0) * 2 + (put === undefined ? 0 : 1);
};

/** Which envelope's or recipient's field a mistake is in, for the summary: many fields have the same name. */
const labelOf = (field: string, draft: Draft, { texts }: ViewContext): string => {
  const [, put, name = '', parcel] = /^(?:(put)|(\w+))\.(\d)/.exec(field) ?? [];
  if (parcel === undefined) return '';
  const { fields, envelope, recipient, contentsLabel, labelled } = texts.delivery;
  const where = draft.destination === 'post' ? envelope(Number(parcel)) : recipient(Number(parcel));
  const label = put === undefined ? fields[name as keyof typeof fields] : contentsLabel;
  return labelled(where, label);
};

const Counter = ({ view, draft, assessment, asked }: DeliveryProps) => {
  const { texts, language, dependencies } = view;
  const counter = dependencies.university.destinations.find(({ kind }) => kind === 'counter');
  const offices = counter?.kind === 'counter' ? counter.offices : [];
  const problem = asked ? assessment.delivery?.problems.get('office') : undefined;
  return (
    <fieldset id="office" tabIndex={-1}>
      <legend>{texts.delivery.leadCounter}</legend>
      {problem === undefined ? null : <p class="field__error">{texts.delivery.problems[problem]}</p>}
      {offices.map((office) => (
        <ChoiceCard
          key={office.code}
          type="radio"
          name="office"
          value={office.code}
          checked={draft.typed['office'] === office.code || offices.length === 1}
          title={nameIn(office, language)}
          line={office.hours[configuredLanguage(language)]}
        />
      ))}
    </fieldset>
  );
};
