// @ts-check
/** `npm start`: installs what is missing, builds what is out of date, serves, opens the browser. `--no-open`: does not open it. */
import { requireNode } from './node-version.mjs';

requireNode();
const { ensureBuild, ensureDependencies } = await import('./setup.mjs');
const { openInBrowser } = await import('./open-browser.mjs');
const { fixedPort, serve } = await import('./serve.mjs');

/** @returns {Promise<boolean>} whether what answers at the fixed port is Picsift */
async function isPicsift() {
  try {
    const response = await fetch(`http://localhost:${fixedPort}/manifest.webmanifest`, {
      signal: AbortSignal.timeout(2000),
    });
    return response.ok && /** @type {{ name?: unknown }} */ (await response.json()).name === 'Picsift';
  } catch {
    return false; // whatever answers there, it is not Picsift
  }
}

ensureDependencies();
ensureBuild();
try {
  const { url } = await serve();
  console.log(`\nPicsift is at ${url}\nStop it with Ctrl+C: your library stays in the browser.`);
  if (!process.argv.includes('--no-open') && !process.env.CI) openInBrowser(url);
} catch (error) {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE') throw error;
  console.error(
    (await isPicsift())
      ? `Picsift is running already, at http://localhost:${fixedPort}/ (stop it there before you start it here).`
      : `Port ${fixedPort} is taken by another program. Picsift starts at no other port, because your library belongs to the address http://localhost:${fixedPort}/: end that program, then try again.`,
  );
  process.exit(1);
}
