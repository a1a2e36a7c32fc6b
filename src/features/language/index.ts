export type { LanguageDependencies } from './routes.ts';
export { createLanguageRoutes } from './routes.ts';
