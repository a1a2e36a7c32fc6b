export const verificationPath = (): string => '/verify';
export const statusListPath = (): string => '/verify/status.json';
