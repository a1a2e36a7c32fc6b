/** The recipient's page. The token is all that opens it, so it stands in no log and in no referrer. */
export const recipientPath = (token: string): string => `/delivery/${token}`;
export const openPath = (token: string): string => `/delivery/${token}/open`;
export const askCodePath = (token: string): string => `/delivery/${token}/code`;
export const downloadPath = (token: string): string => `/delivery/${token}/download`;
export const extendPath = (token: string): string => `/delivery/${token}/extend`;

const ofOrder = (orderNumber: string, position: string | number, act: string): string =>
  `/orders/${orderNumber}/delivery/${position}/${act}`;
export const recallPath = (orderNumber: string, position: string | number): string =>
  ofOrder(orderNumber, position, 'recall');
export const resendPath = (orderNumber: string, position: string | number): string =>
  ofOrder(orderNumber, position, 'resend');
export const personalCopyPath = (orderNumber: string, document: string | number): string =>
  `/orders/${orderNumber}/copy/${document}`;
