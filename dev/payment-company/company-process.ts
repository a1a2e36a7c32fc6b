// The company in a process of its own, for tests: options as JSON in the first argument, the address to the parent.
import type { PaymentCompanyOptions } from './payment-company.ts';
import { startPaymentCompany } from './payment-company.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as PaymentCompanyOptions;
const { url } = await startPaymentCompany(options);
process.send?.({ url });
process.on('disconnect', () => process.exit(0));
