import type { Catalog } from '#messages/catalog.ts';
import { Button, LinkButton } from '#ui/components/button.tsx';

type Props = {
  readonly texts: Catalog['delivery']['recall'];
  readonly action: string;
  readonly back: string;
};

/** What calling back does, before it is done. */
export const RecallPage = ({ texts, action, back }: Props) => (
  <div class="stack">
    <p>{texts.lead}</p>
    <p>{texts.after}</p>
    <form method="post" action={action} class="actions">
      <LinkButton kind="secondary" href={back}>
        {texts.keep}
      </LinkButton>
      <Button>{texts.recall}</Button>
    </form>
  </div>
);
