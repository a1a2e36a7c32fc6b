// Everything that can differ between two installations, read once at start (docs/configuration.md).
export type { University } from '#domain/university/university.ts';
export type { CopierKey, Environment } from './config/environment.ts';
export { readCopierKeys, readEnvironment } from './config/environment.ts';
export { loadUniversity } from './config/university.ts';
