export const mailAddressPath = (): string => '/mail-address';
export const anotherAddressPath = (): string => '/mail-address?another=1';
export const changeAddressPath = (): string => '/mail-address/change';
export const waitingPath = (): string => '/mail-address/waiting';
export const sendAgainPath = (): string => '/mail-address/again';
export const codePath = (): string => '/mail-address/code';
export const signOutOthersPath = (): string => '/mail-address/other-sessions';
export const confirmPath = (token: string): string => `/mail-address/confirm/${token}`;
export const undoPath = (token: string): string => `/mail-address/undo/${token}`;
