export { requireTerms } from './require-terms.ts';
export { createTermsRoutes } from './routes.tsx';
