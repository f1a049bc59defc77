// The browser that the stories use: where it is, and how it is started.

/** Nothing that a test should wait for, ask, or leave behind. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/** Where Chromium is. */
export function chromiumPath() {
  return process.env.TAUTAN_TEST_CHROMIUM || '/usr/bin/chromium';
}
