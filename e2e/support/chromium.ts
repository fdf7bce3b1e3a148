/**
 * Options with which tests launch the system's Chromium, without the sandbox, whose privileges
 * containers and CI machines lack.
 */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
}
