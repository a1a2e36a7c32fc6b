import { PanelHome, PanelPage } from '../shared/panel-page.tsx';
import type { CopierNetwork } from './gateway-client.ts';
import type { Machine } from './machine.ts';
import { TROUBLES } from './machine.ts';
import { lookOf } from './panels.ts';
import { Screen } from './screens.tsx';
import { WORDS } from './words.ts';

export const Home = ({ networks }: { networks: readonly CopierNetwork[] }) => (
  <PanelHome
    titleJa="コピー機"
    titleEn="Copiers"
    machines={networks.map((one) => ({ ...one, theme: lookOf(one.code).theme }))}
  />
);

export const Panel = ({ machine, coins }: { machine: Machine; coins: readonly number[] }) => {
  const { language, network } = machine;
  const words = WORDS[language];
  const name = language === 'ja' ? network.nameJa : network.nameEn;
  const off = machine.screen === 'off';
  return (
    <PanelPage language={language} title={words.title(name)}>
      <main class={`machine theme-${lookOf(network.code).theme}`}>
        <section class={off ? 'panel panel-off' : 'panel'} aria-label={words.title(name)}>
          <header>
            <h1>{name}</h1>
            <form method="post" action={`/${network.code}/language`}>
              <button type="submit" class="quiet" lang={language === 'ja' ? 'en' : 'ja'}>
                {words.language}
              </button>
            </form>
          </header>
          <Screen machine={machine} coins={coins} words={words} />
        </section>
        <Tray machine={machine} />
        <Room machine={machine} />
        <p class="home-link">
          <a href="/">{words.copiers}</a>
        </p>
      </main>
    </PanelPage>
  );
};

const Tray = ({ machine }: { machine: Machine }) => {
  const words = WORDS[machine.language];
  const { code } = machine.network;
  return (
    <section class="tray" aria-labelledby="tray">
      <h2 id="tray">{words.tray}</h2>
      {machine.tray.length === 0 ? (
        <p>{words.empty}</p>
      ) : (
        <>
          <ol>
            {machine.tray.map((sheet, index) => (
              <li key={index}>
                <a href={`/${code}/tray/${index + 1}`} class={sheet.faint ? 'faint' : ''}>
                  <img src={`/${code}/tray/${index + 1}`} alt={words.sheet(index + 1)} />
                </a>
              </li>
            ))}
          </ol>
          <form method="post" action={`/${code}/take`}>
            <button type="submit" class="quiet">
              {words.take}
            </button>
          </form>
        </>
      )}
    </section>
  );
};

const Room = ({ machine }: { machine: Machine }) => {
  const words = WORDS[machine.language];
  return (
    <details class="room" open={machine.trouble !== 'none'}>
      <summary>{words.room}</summary>
      <form method="post" action={`/${machine.network.code}/switch`}>
        <fieldset>
          <legend>{words.trouble}</legend>
          {TROUBLES.map((trouble) => (
            <label key={trouble}>
              <input type="radio" name="trouble" value={trouble} checked={machine.trouble === trouble} />
              {words.troubles[trouble]}
            </label>
          ))}
        </fieldset>
        <label>
          {words.after} <input type="number" name="after" min="0" max="99" value={machine.after} />
        </label>
        <button type="submit">{words.set}</button>
      </form>
    </details>
  );
};
