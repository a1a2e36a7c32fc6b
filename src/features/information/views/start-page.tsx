import type { Bilingual } from '#domain/bilingual.ts';
import type { Closure, Maintenance } from '#domain/calendar/calendar.ts';
import type { Notice } from '#domain/university/university.ts';
import type { Catalog } from '#messages/catalog.ts';
import { formatDay, formatSpan } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { configuredLanguage, nameIn } from '#platform/i18n/language.ts';
import { LinkButton } from '#ui/components/button.tsx';
import { NoteBox } from '#ui/components/note-box.tsx';

export type StartState = {
  readonly universityName: Bilingual;
  /** Those to be read now. */
  readonly notices: readonly Notice[];
  /** What is under way or to come, the next first. */
  readonly maintenance: readonly Maintenance[];
  readonly closures: readonly Closure[];
  readonly now: Temporal.Instant;
};

type Props = { readonly texts: Catalog; readonly language: Language; readonly state: StartState };

const Notices = ({ language, notices }: { language: Language; notices: readonly Notice[] }) => (
  <>
    {notices.map(({ id, important, title, body }) => (
      <div key={id} class={important ? 'notice' : 'card'}>
        <h3>{title[configuredLanguage(language)]}</h3>
        <p>{body[configuredLanguage(language)]}</p>
      </div>
    ))}
  </>
);

/** The hours in which the service stops, and the days on which the office is closed. */
const StopCalendar = ({ texts, language, state }: Props) => {
  const { start } = texts.information;
  const { maintenance, closures, now } = state;
  const day = (date: Temporal.PlainDate): string => formatDay(date, language);
  return (
    <section class="stack" aria-labelledby="stops">
      <h2 id="stops">{start.stops}</h2>
      {maintenance.length === 0 ? <p>{start.noStops}</p> : null}
      <dl class="facts">
        {maintenance.map(({ from, until, reason }) => (
          <div key={String(from)}>
            <dt>{reason[configuredLanguage(language)]}</dt>
            <dd>
              {formatSpan(from, until, language)}
              {Temporal.Instant.compare(from, now) <= 0 ? <strong> {start.underWay}</strong> : null}
            </dd>
          </div>
        ))}
        {closures.map(({ from, until, nameJa, nameEn }) => (
          <div key={String(from)}>
            <dt>{nameIn({ nameJa, nameEn }, language)}</dt>
            <dd>
              {from.equals(until) ? day(from) : `${day(from)} – ${day(until)}`} {start.officeClosed}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

/** Manual 2.1 step 2: "Read the Note and click the Login button". What is urgent stands before it, the rest after. */
export const StartPage = (props: Props) => {
  const { texts, language, state } = props;
  const { start } = texts.information;
  const { footer } = texts.frame;
  const urgent = state.notices.filter(({ important }) => important);
  const others = state.notices.filter(({ important }) => !important);
  return (
    <div class="stack">
      <p>{start.lead(state.universityName[configuredLanguage(language)])}</p>
      <Notices language={language} notices={urgent} />
      <NoteBox title={start.note} heading={start.noteHeading}>
        <ul>
          {start.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      </NoteBox>
      <p class="actions">
        <LinkButton href="/sign-in">{start.login}</LinkButton>
      </p>
      {others.length === 0 ? null : (
        <section class="stack">
          <h2>{start.notices}</h2>
          <Notices language={language} notices={others} />
        </section>
      )}
      <StopCalendar {...props} />
      <section class="stack">
        <h2>{start.help}</h2>
        <ul>
          {[
            { href: '/manual', label: footer.manual },
            { href: '/inquiries', label: footer.inquiries },
            { href: '/browsers', label: footer.browsers },
            { href: '/verify', label: footer.verification },
          ].map(({ href, label }) => (
            <li key={href}>
              <a href={href}>{label}</a>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
};
