export { answerCorrection } from './answer-correction.ts';
export { listOpenCorrections } from './corrections-store.ts';
export { correctionPath } from './paths.ts';
export { createCorrectionRoutes } from './routes.tsx';
