export const destinationPath = (): string => '/order/destination';
export const certificatesPath = (field?: string): string =>
  field === undefined ? '/order/certificates' : `/order/certificates#${encodeURIComponent(field)}`;
export const deliveryPath = (): string => '/order/delivery';
export const confirmationPath = (): string => '/order/confirmation';
/** A page of a line of the draft with this key. */
export const previewPath = (key: string, line: number, page: number): string =>
  `/order/preview/${line}/${page}.png?${new URLSearchParams({ key })}`;
export const ordersPath = (): string => '/orders';
export const orderPath = (orderNumber: string): string => `/orders/${orderNumber}`;
export const confirmLinePath = (orderNumber: string, lineId: string): string =>
  `/orders/${orderNumber}/lines/${lineId}/confirm`;
export const declineLinePath = (orderNumber: string, lineId: string): string =>
  `/orders/${orderNumber}/lines/${lineId}/decline`;
export const cancelPath = (orderNumber: string): string => `/orders/${orderNumber}/cancel`;
export const againPath = (orderNumber: string): string => `/orders/${orderNumber}/again`;
export const receiptPath = (orderNumber: string): string => `/orders/${orderNumber}/receipt`;
export const receiptFilePath = (orderNumber: string): string => `/orders/${orderNumber}/receipt.pdf`;
