import type { Catalog } from '#messages/catalog.ts';
import { signOutOthersPath } from '../paths.ts';

type Texts = Catalog['mailAddress'];

/** A sentence and one button: the one-time URL's page, and the undo link's. */
export const OneButton = (props: { text: string; action: string; button: string }) => (
  <form method="post" action={props.action} class="stack">
    <p>{props.text}</p>
    <button class="button" type="submit">
      {props.button}
    </button>
  </form>
);

/** Sentences and one way on. */
export const Message = (props: { lines: readonly string[]; href: string; button: string }) => (
  <div class="stack">
    {props.lines.map((line) => (
      <p key={line}>{line}</p>
    ))}
    <p>
      <a class="button" href={props.href}>
        {props.button}
      </a>
    </p>
  </div>
);

/** Screen 8's last page; signed in, it offers to end the other sessions. */
export const Changed = ({ texts, signedIn, home }: { texts: Texts; signedIn: boolean; home: string }) => (
  <div class="stack">
    <Message lines={[texts.changed.body]} href={home} button={texts.changed.home} />
    {signedIn ? (
      <form method="post" action={signOutOthersPath()} class="stack">
        <p>{texts.changed.others}</p>
        <button class="button button--secondary" type="submit">
          {texts.changed.signOutOthers}
        </button>
      </form>
    ) : null}
  </div>
);
