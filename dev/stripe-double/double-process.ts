// The double in a process of its own, for tests: options as JSON in the first argument, the address to the parent.
import type { StripeDoubleOptions } from './stripe-double.ts';
import { startStripeDouble } from './stripe-double.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as StripeDoubleOptions;
const { url } = await startStripeDouble(options);
process.send?.({ url });
process.on('disconnect', () => process.exit(0));
