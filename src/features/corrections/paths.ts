export const correctionPath = (): string => '/correction';
export const correctionDonePath = (requestNumber: string): string => `/correction/${requestNumber}`;
