import type { DestinationKind } from '#domain/destination/destination.ts';
import type { Catalog } from '#messages/catalog.ts';
import { Facts } from '#ui/components/facts.tsx';

type Texts = Catalog['ordering']['purposes'];

/** What each purpose needs, so that nobody pays for paper that will be refused. */
const PURPOSES = [
  { purpose: 'visa', kinds: ['store', 'post', 'counter'] },
  { purpose: 'ministry', kinds: ['post', 'counter'] },
  { purpose: 'abroad', kinds: ['digital', 'post'] },
  { purpose: 'employer', kinds: ['store', 'digital'] },
  { purpose: 'train', kinds: ['campus'] },
] as const satisfies readonly { purpose: keyof Texts['list']; kinds: readonly DestinationKind[] }[];

export const PurposeHelper = ({
  texts,
  title,
}: {
  texts: Texts;
  title: (kind: DestinationKind) => string;
}) => (
  <details class="more">
    <summary>{texts.title}</summary>
    <Facts
      facts={PURPOSES.map(({ purpose, kinds }) => [
        texts.list[purpose].name,
        <>
          <strong>{kinds.map(title).join(texts.or)}</strong>
          <br />
          {texts.list[purpose].why}
        </>,
      ])}
    />
  </details>
);
