import { PanelHead, PanelHome, PanelPage, PanelTray, TroubleChoice } from '../shared/panel-page.tsx';
import type { Printer, PrinterMachine } from './printer.ts';
import { TROUBLES } from './printer.ts';
import { WORDS } from './words.ts';

export const Home = ({ machines }: { machines: readonly PrinterMachine[] }) => (
  <PanelHome
    titleJa="学内印刷機"
    titleEn="Campus printers"
    machines={machines.map((one) => ({ ...one, theme: 'window' }))}
  />
);

/** The panel of a printer: what waits, one field for the PIN, and what lies in the tray. */
export const Panel = ({ printer }: { printer: Printer }) => {
  const { language, machine, message } = printer;
  const words = WORDS[language];
  const name = language === 'ja' ? machine.nameJa : machine.nameEn;
  const waiting = printer.jobs.filter(({ state }) => state === 'held');
  return (
    <PanelPage language={language} title={name}>
      <main class="machine theme-window">
        <section class="panel" aria-label={name}>
          <PanelHead code={machine.code} name={name} language={language} switchTo={words.language} />
          <div class="screen">
            <h2>{words.waiting}</h2>
            <p role="status" class="said">
              {words.messages[message]}
            </p>
            {waiting.length === 0 ? (
              <p>{words.nothingWaits}</p>
            ) : (
              <ul>
                {waiting.map((job) => (
                  <li key={job.id} class="what">
                    {job.name}
                  </li>
                ))}
              </ul>
            )}
            <form method="post" action={`/${machine.code}/release`} class="fields">
              <label>
                {words.pin}
                <input name="pin" inputMode="numeric" maxLength={4} autocomplete="off" required />
              </label>
              <button type="submit" class="next">
                {words.print}
              </button>
            </form>
          </div>
        </section>
        <PanelTray code={machine.code} sheets={printer.tray.map(() => ({}))} words={words} />
        <Room printer={printer} />
        <p class="home-link">
          <a href="/">{words.printers}</a>
        </p>
      </main>
    </PanelPage>
  );
};

const Room = ({ printer: { machine, language, trouble: now } }: { printer: Printer }) => {
  const words = WORDS[language];
  return (
    <details class="room" open={now !== 'none'}>
      <summary>{words.room}</summary>
      <form method="post" action={`/${machine.code}/switch`}>
        <TroubleChoice now={now} troubles={TROUBLES} words={words} />
        <button type="submit">{words.set}</button>
      </form>
    </details>
  );
};
