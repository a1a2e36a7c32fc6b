import type { Machine } from './machine.ts';
import { NUMBER_LENGTH, PIN_LENGTH } from './machine.ts';
import { lookOf } from './panels.ts';
import type { WORDS } from './words.ts';

type Words = (typeof WORDS)['ja'];
type ScreenProps = { readonly machine: Machine; readonly words: Words };

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'clear', '0', 'back'];

/** What the touch panel shows now. Every button is a form's, so that it works without script. */
export const Screen = (props: ScreenProps & { coins: readonly number[] }) => {
  switch (props.machine.screen) {
    case 'menu':
      return <Menu {...props} />;
    case 'number':
      return <NumberEntry {...props} />;
    case 'pay':
      return <Payment {...props} />;
    case 'printing':
      return <Printing {...props} />;
    case 'off':
      return <Off {...props} />;
    case 'end':
      return <End {...props} />;
  }
};

const Said = ({ machine, words }: ScreenProps) => {
  const { message, change } = machine;
  const returned = change > 0 ? words.returned(change) : '';
  return (
    <p role="status" class="said">
      {`${words.messages[message]} ${returned}`.trim()}
    </p>
  );
};

const Stop = ({ machine, words }: ScreenProps) => (
  <form method="post" action={`/${machine.network.code}/stop`} class="stop">
    <button type="submit" class="quiet">
      {machine.screen === 'end' ? words.finish : words.stop}
    </button>
  </form>
);

const Menu = ({ machine, words }: ScreenProps) => {
  const { language, network, menu } = machine;
  return (
    <div class="screen">
      <h2>{words.menu}</h2>
      <Said machine={machine} words={words} />
      <form method="post" action={`/${network.code}/menu`} class="tiles">
        {(lookOf(network.code).menus[menu] ?? []).map((tile) => (
          <button type="submit" key={tile.ja} disabled={!tile.leads}>
            {tile[language]}
            {tile.leads ? null : <small>{words.elsewhere}</small>}
          </button>
        ))}
      </form>
      {menu > 0 ? <Stop machine={machine} words={words} /> : null}
    </div>
  );
};

const NumberEntry = ({ machine, words }: ScreenProps) => {
  const { number, pin } = machine.typed;
  const full = number.length === NUMBER_LENGTH && pin.length === PIN_LENGTH;
  return (
    <div class="screen">
      <h2>{words.number}</h2>
      <Said machine={machine} words={words} />
      <form method="post" action={`/${machine.network.code}/number`} class="entry">
        {/* Enter in a field presses the first button of its form. */}
        <button type="submit" name="key" value="next" class="enter" tabIndex={-1} aria-hidden="true" />
        <div class="fields">
          <fieldset>
            <legend>{words.printNumber}</legend>
            {['a', 'b', 'c'].map((name, index) => (
              <input
                key={name}
                name={name}
                aria-label={words.group(index + 1)}
                value={number.slice(index * 4, index * 4 + 4)}
                inputMode="numeric"
                maxLength={4}
                autocomplete="off"
              />
            ))}
          </fieldset>
          <label>
            {words.pin}
            <input name="pin" value={pin} inputMode="numeric" maxLength={4} autocomplete="off" />
          </label>
          {lookOf(machine.network.code).hasReader ? (
            <label class="reader">
              {words.reader}
              <input name="qr" inputMode="numeric" autocomplete="off" />
            </label>
          ) : null}
        </div>
        <fieldset class="keypad">
          <legend class="unseen">{words.keypad}</legend>
          {KEYS.map((key) => (
            <button
              type="submit"
              name="key"
              value={key}
              key={key}
              class={/\d/.test(key) ? 'key' : 'key key-word'}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the key that was just pressed keeps the focus
              autofocus={key === machine.lastKey && !full}
            >
              {key === 'clear' ? words.clear : key === 'back' ? words.back : key}
            </button>
          ))}
        </fieldset>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- everything is typed, this is what comes next */}
        <button type="submit" name="key" value="next" class="next" autofocus={full}>
          {words.next}
        </button>
      </form>
      <Stop machine={machine} words={words} />
    </div>
  );
};

const Payment = ({ machine, words, coins }: ScreenProps & { coins: readonly number[] }) => {
  const { offer, network, paid } = machine;
  if (offer === null) return null;
  const missing = Math.max(0, offer.priceYen - paid);
  return (
    <div class="screen">
      <h2>{words.pay}</h2>
      <p class="what">{words.sheets(offer.sheets)}</p>
      <dl class="sums" aria-live="polite">
        <div>
          <dt>{words.price}</dt>
          <dd>{words.yen(offer.priceYen)}</dd>
        </div>
        <div>
          <dt>{words.inserted}</dt>
          <dd>{words.yen(paid)}</dd>
        </div>
        <div class="missing">
          <dt>{words.missing}</dt>
          <dd>{words.yen(missing)}</dd>
        </div>
      </dl>
      <form method="post" action={`/${network.code}/coin`} class="coins" aria-label={words.coins}>
        {coins.map((coin) => (
          <button type="submit" name="coin" value={coin} key={coin} class={`coin coin-${coin}`}>
            {words.yen(coin)}
          </button>
        ))}
      </form>
      <form method="post" action={`/${network.code}/print`} class="go">
        <button type="submit" class="next" disabled={missing > 0}>
          {words.start}
        </button>
      </form>
      <Stop machine={machine} words={words} />
    </div>
  );
};

const Printing = ({ machine, words }: ScreenProps) => {
  const all = machine.offer?.sheets ?? 0;
  return (
    <div class="screen">
      <h2>{words.printing}</h2>
      <p class="what" role="status">
        {words.page(machine.printed, all)}
      </p>
      <progress max={all} value={machine.printed} aria-label={words.printing} />
      <p>{words.wait}</p>
    </div>
  );
};

const Off = ({ machine, words }: ScreenProps) => (
  <div class="screen">
    <h2>{words.off}</h2>
    <p role="status">{words.offHint}</p>
    <form method="post" action={`/${machine.network.code}/on`} class="tiles">
      <button type="submit" name="report" value="yes">
        {words.onReport}
      </button>
      <button type="submit" name="report" value="no">
        {words.onForget}
      </button>
    </form>
  </div>
);

const End = ({ machine, words }: ScreenProps) => (
  <div class="screen">
    <h2>{machine.message === 'done' ? words.tray : words.stopped}</h2>
    <Said machine={machine} words={words} />
    <Stop machine={machine} words={words} />
  </div>
);
