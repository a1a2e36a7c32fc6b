/** The log's URL prefix (C2SP tlog-tiles). */
export const logPath = (): string => '/log';
