const ofOrder = (orderNumber: string, page: string): string => `/orders/${orderNumber}/${page}`;

export const ticketPath = (orderNumber: string): string => ofOrder(encodeURIComponent(orderNumber), 'done');
export const reprintPath = (orderNumber: string): string => ofOrder(orderNumber, 'reprint');
export const extendPath = (orderNumber: string): string => ofOrder(orderNumber, 'extend');
export const badPrintPath = (orderNumber: string): string => ofOrder(orderNumber, 'bad-print');
export const machinePath = (orderNumber: string): string => ofOrder(orderNumber, 'machine');
export const takeBackPath = (orderNumber: string): string => ofOrder(orderNumber, 'take-back');
export const gatewayPath = (): string => '/copier/v1';
