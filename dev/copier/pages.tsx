import { PanelHead, PanelHome, PanelPage, PanelTray, TroubleChoice } from '../shared/panel-page.tsx';
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
          <PanelHead code={network.code} name={name} language={language} switchTo={words.language} />
          <Screen machine={machine} coins={coins} words={words} />
        </section>
        <PanelTray code={network.code} sheets={machine.tray} words={words} />
        <Room machine={machine} />
        <p class="home-link">
          <a href="/">{words.copiers}</a>
        </p>
      </main>
    </PanelPage>
  );
};

const Room = ({ machine }: { machine: Machine }) => {
  const words = WORDS[machine.language];
  return (
    <details class="room" open={machine.trouble !== 'none'}>
      <summary>{words.room}</summary>
      <form method="post" action={`/${machine.network.code}/switch`}>
        <TroubleChoice now={machine.trouble} troubles={TROUBLES} words={words} />
        <label>
          {words.after} <input type="number" name="after" min="0" max="99" value={machine.after} />
        </label>
        <button type="submit">{words.set}</button>
      </form>
    </details>
  );
};
