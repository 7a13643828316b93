// @ts-check
/**
 * A static file server that sends Picsift's headers. No dependency.
 *
 *   node scripts/serve.mjs [--port 41573] [--root dist] [--overlay DIR] [--base /sub/path/] [--no-isolation]
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cacheControl, securityHeaders } from './headers.mjs';

/** One fixed port: it is part of the origin that owns a person's library. */
export const fixedPort = 41573;

const defaultRoot = fileURLToPath(new URL('../dist/', import.meta.url));

/** @type {Record<string, string>} */
const contentTypes = {
  '.avif': 'image/avif',
  '.bin': 'application/octet-stream',
  '.bmp': 'image/bmp',
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.onnx': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
};

/**
 * @typedef {object} ServeOptions
 * @property {string} [root] folder that is served; default: dist
 * @property {string | readonly string[] | undefined} [overlay] folders whose files win over those of `root`, the first one over all
 * @property {string} [base] path under which the app lies, with a slash at both ends; default '/'
 * @property {boolean} [headers] false: none of Picsift's headers, like a host that cannot be told to send any
 * @property {number} [port] default: the fixed port; 0: any free one
 *
 * @typedef {object} Served
 * @property {string} url where the app lies, with a final slash
 * @property {(overlay: ServeOptions['overlay']) => void} setOverlay other folders in the place of those of `overlay`, from now on
 * @property {() => Promise<void>} close ends open connections too
 */

/**
 * Finds the file that `path` names in the first of `folders` that has it.
 * @param {readonly string[]} folders absolute
 * @param {string} path relative, with forward slashes
 */
async function findFile(folders, path) {
  for (const folder of folders) {
    const file = join(folder, path);
    if (!file.startsWith(folder + sep)) return null; // outside of the folder
    const found = await stat(file).catch(() => null);
    if (found?.isFile()) return { file, size: found.size, modified: found.mtimeMs };
  }
  return null;
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ folders: readonly string[], base: string, headers: boolean }} site
 */
async function answer(request, response, { folders, base, headers }) {
  const sent = headers ? { ...securityHeaders } : {};
  const refuse = (/** @type {number} */ status, /** @type {string} */ text) => {
    response.writeHead(status, { ...sent, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`${text}\n`);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET and HEAD');
  let path;
  try {
    path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  } catch {
    return refuse(400, 'Not a path');
  }
  if (!path.startsWith(base) || path.includes('\0')) return refuse(404, 'Not found');
  const relative = path.slice(base.length) || 'index.html';
  const found = await findFile(folders, relative);
  if (found === null) return refuse(404, 'Not found');
  const tag = `"${found.size.toString(36)}-${Math.round(found.modified).toString(36)}"`;
  const fileHeaders = {
    ...sent,
    'Content-Type': contentTypes[extname(found.file).toLowerCase()] ?? 'application/octet-stream',
    'Cache-Control': cacheControl(relative),
    ETag: tag,
  };
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, fileHeaders);
    response.end();
    return;
  }
  response.writeHead(200, { ...fileHeaders, 'Content-Length': found.size });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stream = createReadStream(found.file);
  stream.on('error', () => response.destroy());
  stream.pipe(response);
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<void>} rejects with the system's error, `code` 'EADDRINUSE' when the port is taken
 */
function listen(server, port, host) {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      done();
    });
  });
}

/**
 * Serves until `close`. Bound to this machine only (127.0.0.1 and, where there is one, ::1).
 * @param {ServeOptions} [options]
 * @returns {Promise<Served>} rejects with `code` 'EADDRINUSE' when the port is taken
 */
export async function serve({
  root = defaultRoot,
  overlay,
  base = '/',
  headers = true,
  port = fixedPort,
} = {}) {
  if (!base.startsWith('/') || !base.endsWith('/'))
    throw new Error(`base is '${base}': it must start and end with '/'`);
  const foldersWith = (/** @type {ServeOptions['overlay']} */ above) =>
    [above ?? [], root].flat().map((folder) => resolve(folder));
  let folders = foldersWith(overlay);
  /** @type {import('node:http').RequestListener} */
  const listener = (request, response) => {
    answer(request, response, { folders, base, headers }).catch((error) => {
      console.error(error);
      response.destroy();
    });
  };
  const first = createServer(listener);
  await listen(first, port, '127.0.0.1');
  const address = first.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  const servers = [first];
  // Browsers try ::1 first for 'localhost': nobody else shall answer there.
  const second = createServer(listener);
  try {
    await listen(second, boundPort, '::1');
    servers.push(second);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE') {
      first.close();
      throw error;
    } // else: this machine has no IPv6
  }
  return {
    url: `http://localhost:${boundPort}${base}`,
    setOverlay: (above) => {
      folders = foldersWith(above);
    },
    close: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise((done) => {
              server.close(done);
              server.closeAllConnections();
            }),
        ),
      );
    },
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(fixedPort) },
      root: { type: 'string', default: defaultRoot },
      overlay: { type: 'string' },
      base: { type: 'string', default: '/' },
      'no-isolation': { type: 'boolean', default: false },
    },
  });
  const { url } = await serve({
    port: Number(values.port),
    root: values.root,
    overlay: values.overlay,
    base: values.base,
    headers: !values['no-isolation'],
  });
  console.log(url);
}
