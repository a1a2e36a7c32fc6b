import { createPin, createPrintNumber } from '#domain/print-number/print-number.ts';
import type { PrintingDependencies } from './dependencies.ts';
import type { TicketSecrets } from './print-secrets.ts';
import type { TicketColumns } from './print-store.ts';

/** A fresh number and PIN, and the columns that keep them. */
export const createTicket = (
  { draw, secrets }: Pick<PrintingDependencies, 'draw' | 'secrets'>,
  jobId: string,
): { ticket: TicketSecrets; columns: TicketColumns } => {
  const ticket = { printNumber: createPrintNumber(draw), pin: createPin(draw) };
  return {
    ticket,
    columns: {
      number_index: secrets.indexOf(ticket.printNumber),
      secrets: secrets.seal(jobId, ticket),
    },
  };
};
