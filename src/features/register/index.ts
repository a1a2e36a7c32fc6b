export type { RegisterCounts } from './import-register.ts';
export { importRegister, importRegisterFiles } from './import-register.ts';
export type { RegisterFiles } from './register-files.ts';
export { readRegisterFiles } from './register-files.ts';
export {
  findPersonByPrincipal,
  readAcademicRecord,
  readGradeReleases,
  readPersonRegister,
} from './register-store.ts';
