export const verificationPath = (): string => '/verify';
export const statusListPath = (): string => '/verify/status.json';
export const recordsPath = (): string => '/verify/records';
export const offlineWorkerPath = (): string => '/verify/offline-worker.js';
export const manifestPath = (): string => '/verify/app.webmanifest';
