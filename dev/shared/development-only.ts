/** Servers of dev/ are for one machine: they refuse to start in production and listen on the loopback only. */
export const refuseProduction = (name: string): void => {
  if (process.env['NODE_ENV'] === 'production')
    throw new Error(`${name} is for development and does not run in production`);
};

export const LOOPBACK = 'localhost';
