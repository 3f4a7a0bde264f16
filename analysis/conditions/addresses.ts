import { BlockList, isIP } from 'node:net';
import type { Resolved } from './variables.ts';

/** IpAddress: an IPv4 or IPv6 address or range; an address alone means itself. Page: Condition operators, IP address. */
export function isInRange(wanted: Resolved, actual: string): boolean {
  const [network = '', given, ...more] = wanted.text.split('/');
  const bits = isIP(network) === 6 ? 128 : 32;
  const prefix = given === undefined ? bits : Number(given);
  if (isIP(network) === 0 || isIP(actual) === 0 || more.length > 0 || !isPrefix(given, prefix, bits)) return false;
  const range = new BlockList();
  range.addSubnet(network, prefix, family(network));
  return isIP(actual) === isIP(network) && range.check(actual, family(actual));
}

function isPrefix(given: string | undefined, prefix: number, bits: number): boolean {
  return given === undefined || (/^\d+$/.test(given) && prefix <= bits);
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
