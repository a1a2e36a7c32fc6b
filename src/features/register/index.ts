export { describePlan } from './describe-plan.ts';
export type { RegisterCounts } from './import-register.ts';
export { importRegister, importRegisterFiles, planImport } from './import-register.ts';
export { createRecentRecords } from './recent-records.ts';
export type { RegisterFiles } from './register-files.ts';
export { readRegisterFiles } from './register-files.ts';
export {
  findPersonByPrincipal,
  readPersonRecord,
  readPersonRegister,
} from './register-store.ts';
export type { UndoImport } from './undo-import.ts';
export { undoImport } from './undo-import.ts';
