import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { MAIL_REFUSED_JOB } from '#platform/mail/send-mail.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { lapseDelivery, warnDelivery } from './lapse-delivery.ts';
import { noteDeliveryBounce } from './note-bounce.ts';
import { sendOrder } from './send-order.ts';
import { listWaitingOrders } from './waiting-store.ts';

export const deliveryJobs = (dependencies: DeliveryDependencies): JobHandlers => ({
  'send-order': ({ orderId = '' }) => sendOrder(dependencies, orderId),
  'lapse-delivery': ({ deliveryId = '' }) => lapseDelivery(dependencies, deliveryId),
  'warn-delivery': ({ deliveryId = '' }) => warnDelivery(dependencies, deliveryId),
  [MAIL_REFUSED_JOB]: ({ mailId = '' }) => noteDeliveryBounce(dependencies, mailId),
});

/** Call once when a worker starts: orders that waited before there was anybody to send them are taken up. */
export const scheduleWaitingOrders = async (db: Database): Promise<void> => {
  for (const orderId of await listWaitingOrders(db))
    await addJob(db, 'send-order', { orderId }, { key: `send-order:${orderId}` });
};
