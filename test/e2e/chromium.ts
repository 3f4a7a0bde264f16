/** Debian's Chromium: the browser that the tests drive, for it comes by package and not by a download of the test tool. */
export const executable = '/usr/bin/chromium';

/** The sandbox cannot be had as root; the rest keeps the browser from calling home. */
export const flags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
