export type { ImportResult } from './import-register.ts';
export { importRegister } from './import-register.ts';
export type { RegisterFiles } from './register-files.ts';
export { readRegisterFiles } from './register-files.ts';
export type { AcademicRecord } from './register-store.ts';
export {
  findPersonByPrincipal,
  listGradeReleases,
  readAcademicRecord,
  readPersonRegister,
} from './register-store.ts';
