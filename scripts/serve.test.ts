import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { securityHeaders } from './headers.mjs';
import { type Served, type ServeOptions, serve } from './serve.mjs';

let folder = '';
let served: Served | null = null;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picsift-serve-'));
  for (const path of ['dist/assets', 'overlay/models', 'dist/models']) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html>');
  for (const name of ['a.mjs', 'b.wasm', 'c.onnx']) writeFileSync(join(folder, 'dist/assets', name), name);
  writeFileSync(join(folder, 'dist/manifest.webmanifest'), '{}');
  writeFileSync(join(folder, 'dist/models/x.bin'), 'from dist');
  writeFileSync(join(folder, 'overlay/models/x.bin'), 'from overlay');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await served?.close();
  served = null;
});

async function start(options: ServeOptions = {}): Promise<string> {
  served = await serve({ root: join(folder, 'dist'), port: 0, ...options });
  return served.url;
}

/** The status of a path that is sent as it is: fetch would resolve the dots. */
function rawStatus(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the static server', () => {
  it('sends the security headers with every answer, errors too', async () => {
    const url = await start();
    for (const path of ['', 'assets/a.mjs', 'nowhere']) {
      const { headers } = await fetch(url + path);
      for (const [name, value] of Object.entries(securityHeaders)) expect(headers.get(name)).toBe(value);
    }
  });

  it.each([
    ['', 'text/html; charset=utf-8'],
    ['assets/a.mjs', 'text/javascript; charset=utf-8'],
    ['assets/b.wasm', 'application/wasm'],
    ['assets/c.onnx', 'application/octet-stream'],
    ['models/x.bin', 'application/octet-stream'],
    ['manifest.webmanifest', 'application/manifest+json'],
  ])('gives /%s as %s', async (path, type) => {
    const url = await start();
    expect((await fetch(url + path)).headers.get('content-type')).toBe(type);
  });

  it('prefers the files of the overlay', async () => {
    const url = await start({ overlay: join(folder, 'overlay') });
    expect(await (await fetch(`${url}models/x.bin`)).text()).toBe('from overlay');
    expect((await fetch(url)).status).toBe(200);
  });

  it('serves under a sub-path, and nothing outside of it', async () => {
    const url = await start({ base: '/sub/path/' });
    expect(new URL(url).pathname).toBe('/sub/path/');
    expect((await fetch(`${url}assets/a.mjs`)).status).toBe(200);
    expect((await fetch(new URL('/assets/a.mjs', url))).status).toBe(404);
  });

  it('sends none of the headers when it plays a plain host', async () => {
    const { headers } = await fetch(await start({ headers: false }));
    for (const name of Object.keys(securityHeaders)) expect(headers.get(name)).toBeNull();
  });

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt'])(
    'does not leave its folder for %s',
    async (path) => {
      expect(await rawStatus(await start(), path)).toBe(404);
    },
  );

  it('answers a path that cannot be decoded with 400', async () => {
    expect(await rawStatus(await start(), '/%E0%A4%A')).toBe(400);
  });

  it('does not send again what the browser has', async () => {
    const url = await start();
    const tag = (await fetch(url)).headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'If-None-Match': tag } })).status).toBe(304);
  });

  it('rejects when the port is taken', async () => {
    const port = Number(new URL(await start()).port);
    await expect(serve({ root: folder, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
