export type { CampusIdentity, ServiceProvider } from './begin-sign-in.ts';
export { metadataPath, signInPath, signOutPath } from './paths.ts';
export type { SignInRoutesDependencies } from './routes.tsx';
export { createSignInRoutes } from './routes.tsx';
export type { Session } from './session.ts';
export { currentSession, requireSession, sessionMiddleware } from './session.ts';
export { endOtherSessions, saveLanguage } from './session-store.ts';
export { sweepSignIn } from './transaction-store.ts';
