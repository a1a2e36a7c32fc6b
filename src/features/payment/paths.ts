export const paymentPath = (orderNumber: string): string => `/orders/${orderNumber}/payment`;
export const paymentContinuePath = (orderNumber: string): string => `/orders/${orderNumber}/payment/continue`;
export const paymentReturnPath = (orderNumber: string): string => `/orders/${orderNumber}/payment/return`;
export const paymentWebhookPath = (provider: string): string => `/payment/webhooks/${provider}`;
export const orderDonePath = (orderNumber: string): string => `/orders/${orderNumber}/done`;
export const orderPath = (orderNumber: string): string => `/orders/${orderNumber}`;
