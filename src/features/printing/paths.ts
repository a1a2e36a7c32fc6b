export const ticketPath = (orderNumber: string): string => `/orders/${encodeURIComponent(orderNumber)}/done`;
export const gatewayPath = (): string => '/copier/v1';
export const reprintPath = (orderNumber: string): string => `/orders/${orderNumber}/reprint`;
