export const ticketPath = (orderNumber: string): string => `/orders/${encodeURIComponent(orderNumber)}/done`;
export const gatewayPath = (): string => '/copier/v1';
