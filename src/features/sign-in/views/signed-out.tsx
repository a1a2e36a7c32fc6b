import type { Catalog } from '#messages/catalog.ts';
import { signInPath } from '../paths.ts';

export const SignedOut = ({ texts }: { texts: Catalog['signIn'] }) => (
  <div class="stack">
    <p>{texts.signedOut.body}</p>
    <p>
      <strong>{texts.signedOut.shared}</strong>
    </p>
    <p>
      <a class="button button--secondary" href={signInPath()}>
        {texts.signedOut.again}
      </a>
    </p>
    <p>
      <a href="/">{texts.signedOut.start}</a>
    </p>
  </div>
);
