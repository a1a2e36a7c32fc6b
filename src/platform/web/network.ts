import { BlockList, isIP, isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

const socketAddress = (c: Context): string => {
  try {
    return (getConnInfo(c).remote.address ?? '').replace(MAPPED, '');
  } catch {
    return '';
  }
};

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/**
 * The address of whoever asks. A proxy on this machine is believed about its own caller: the last entry of
 * X-Forwarded-For, the only one that it wrote itself. Empty where there is no socket, as in tests.
 */
export const clientAddress = (c: Context): string => {
  const direct = socketAddress(c);
  if (direct !== '' && !isLoopback(direct)) return direct;
  const forwarded =
    (c.req.header('x-forwarded-for') ?? '').split(',').at(-1)?.trim().replace(MAPPED, '') ?? '';
  return isIP(forwarded) === 0 ? direct : forwarded;
};

/** An IPv6 address as its eight groups. */
const groupsOf = (address: string): string[] => {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<string>(missing).fill('0'), ...after].map((group) => group.padStart(4, '0'));
};

/** The part of an address that one household or campus shares: /24 of IPv4, /56 of IPv6. */
export const prefixOf = (address: string): string =>
  isIPv6(address)
    ? groupsOf(address.toLowerCase()).slice(0, 4).join(':').slice(0, -2)
    : address.split('.').slice(0, 3).join('.');

/** Whether an address lies in one of the networks, each as CIDR such as `192.0.2.0/24`. */
export const createNetworkList = (networks: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    list.addSubnet(base, Number(bits), isIPv6(base) ? 'ipv6' : 'ipv4');
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
};
