import type { Contents, Delivery } from '#domain/order/delivery.ts';
import { configuredLanguage, nameIn } from '#platform/i18n/language.ts';
import type { ViewContext } from './order-state.tsx';

type Props = {
  delivery: Delivery | null;
  view: ViewContext;
  /** The certificate and its language, by field of copies. */
  titleOf: (field: string) => string;
};

/** Where an order goes, to be checked before it is paid for and found again after. */
export const DeliverySummary = ({ delivery, view, titleOf }: Props) => {
  if (delivery === null) return null;
  const { texts } = view;
  return (
    <section class="stack" aria-labelledby="delivery">
      <h2 id="delivery">{texts.delivery.title}</h2>
      {parcelsOf(delivery, view).map(({ heading, lines, contents }) => (
        <div class="card" key={heading}>
          <p>
            <strong>{heading}</strong>
          </p>
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {contents === null ? null : (
            <ul>
              {Object.entries(contents).map(([field, copies]) => (
                <li key={field}>
                  {titleOf(field)} × {copies}
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </section>
  );
};

type Parcel = { heading: string; lines: string[]; contents: Contents | null };

const parcelsOf = (delivery: Delivery, { texts, language, dependencies }: ViewContext): Parcel[] => {
  const { fields, to, envelope, recipient, sealed, notSealed, codeOn } = texts.delivery;
  const given = (label: string, value: string): string[] => (value === '' ? [] : [`${label}: ${value}`]);
  switch (delivery.kind) {
    case 'counter': {
      const counter = dependencies.university.destinations.find(({ kind }) => kind === 'counter');
      const offices = counter?.kind === 'counter' ? counter.offices : [];
      const office = offices.find(({ code }) => code === delivery.office);
      const heading = office === undefined ? delivery.office : nameIn(office, language);
      return [
        {
          heading,
          lines: office === undefined ? [] : [office.hours[configuredLanguage(language)]],
          contents: null,
        },
      ];
    }
    case 'post':
      return delivery.envelopes.map((one, index) => ({
        heading: `${envelope(index + 1)}: ${to[one.to]}`,
        lines: [
          one.name,
          [one.postcode, one.address, one.country].filter((part) => part !== '').join(' '),
          one.sealed ? sealed : notSealed,
          ...given(fields.reference, one.reference),
        ],
        contents: one.contents,
      }));
    case 'digital':
      return delivery.recipients.map((one, index) => ({
        heading: `${recipient(index + 1)}: ${one.organisation}`,
        lines: [
          ...[one.department, one.person].filter((part) => part !== ''),
          one.mail,
          ...given(fields.reference, one.reference),
          ...(one.asksCode === true ? [codeOn] : []),
        ],
        contents: one.contents,
      }));
  }
};
