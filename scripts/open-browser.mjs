// @ts-check
import { spawn } from 'node:child_process';

/**
 * Opens `url` in the person's browser, if there is one: on failure nothing happens, the address is printed anyway.
 * @param {string} url
 */
export function openInBrowser(url) {
  const noScreen = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (noScreen) return;
  const [command, ...parameters] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  const child = spawn(command, parameters, { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // no browser: the printed address is enough
  child.unref();
}
