import type { Order } from '#features/ordering/index.ts';
import type { Catalog } from '#messages/catalog.ts';
import { formatInstant } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { configuredLanguage, nameIn } from '#platform/i18n/language.ts';
import { Button } from '#ui/components/button.tsx';
import { ChoiceCard } from '#ui/components/choice-card.tsx';
import type { CampusMachine } from '../campus/machines.ts';
import type { PushRow } from '../campus/push-store.ts';
import { machinePath, takeBackPath } from '../paths.ts';
import { TicketFacts, TicketNumber } from './ticket.tsx';

type CampusTicketProps = {
  readonly texts: Catalog['printing'];
  readonly language: Language;
  readonly order: Order;
  readonly printNumber: string;
  readonly pin: string;
  readonly sheets: number;
  readonly deadline: Temporal.Instant;
  readonly machines: readonly CampusMachine[];
  readonly notice: string | null;
  /** What was sent last; `lies` while it is at the machine. */
  readonly push: (PushRow & { readonly lies: boolean }) | null;
};

/** The page people stand with before a printer on campus. */
export const CampusTicket = (props: CampusTicketProps) => {
  const { texts, push } = props;
  const lies = push?.lies === true;
  return (
    <div class="ticket">
      {lies ? (
        <AtMachine {...props} push={push} />
      ) : (
        <>
          <LastTime {...props} />
          <p>{texts.campus.lead}</p>
          <ChooseMachine {...props} />
        </>
      )}
      <TicketNumber {...props} label={texts.campus.number} />
      <TicketFacts {...props} charge={[texts.campus.charge, texts.campus.free(props.sheets)]} />
    </div>
  );
};

const nameOf = ({ machines, language }: CampusTicketProps, code: string): string => {
  const machine = machines.find((one) => one.code === code);
  return machine === undefined ? code : nameIn(machine, language);
};

type Sent = CampusTicketProps & { readonly push: PushRow };

/** It lies at the machine: what to press there, what is the matter, and the way back. */
const AtMachine = (props: Sent) => {
  const { texts, language, order, push } = props;
  const { campus } = texts;
  return (
    <section class="card stack" aria-labelledby="at-machine">
      <h2 id="at-machine">{campus.sentTo(nameOf(props, push.machine))}</h2>
      <div role="status" class="stack">
        {push.trouble === null ? null : (
          <p>{campus.troubles[push.trouble as keyof typeof campus.troubles]}</p>
        )}
        <p>
          {push.taken_back_at === null
            ? campus.release(push.name, formatInstant(push.release_until, language))
            : campus.takingBack}
        </p>
      </div>
      <p class="quiet">{campus.reloads}</p>
      {push.taken_back_at === null ? (
        <form method="post" action={takeBackPath(order.orderNumber)}>
          <Button kind="secondary">{campus.takeBack}</Button>
        </form>
      ) : null}
    </section>
  );
};

/** Why the last attempt came to nothing; the general notice where it came to a part. */
const LastTime = (props: CampusTicketProps) => {
  const { texts, push, notice } = props;
  if (push === null && notice === null) return null;
  const trouble = push?.trouble as keyof typeof texts.campus.troubles | null | undefined;
  return (
    <div role="status" class="card stack">
      {push === null ? null : <p>{texts.campus.ended(nameOf(props, push.machine))}</p>}
      {trouble === null || trouble === undefined ? null : <p>{texts.campus.troubles[trouble]}</p>}
      {notice === null ? null : <p>{notice}</p>}
    </div>
  );
};

const ChooseMachine = ({ texts, language, order, machines }: CampusTicketProps) => (
  <form method="post" action={machinePath(order.orderNumber)} class="stack">
    <fieldset>
      <legend>{texts.campus.machine}</legend>
      {machines.map((machine, index) => (
        <ChoiceCard
          key={machine.code}
          type="radio"
          name="machine"
          value={machine.code}
          title={nameIn(machine, language)}
          line={machine.hours[configuredLanguage(language)]}
          checked={index === 0}
        />
      ))}
    </fieldset>
    <div class="actions">
      <Button>{texts.campus.send}</Button>
    </div>
  </form>
);
