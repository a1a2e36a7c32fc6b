// Runs in a worker thread: parsing a federation takes seconds, and the server goes on answering meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import type { AggregateInput } from './aggregate.ts';
import { readAggregate } from './aggregate.ts';

parentPort?.postMessage(readAggregate(workerData as AggregateInput));
