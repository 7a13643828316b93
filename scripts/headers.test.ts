import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  cacheControl,
  contentSecurityPolicy,
  headersFile,
  libraryStyles,
  metaContentSecurityPolicy,
  securityHeaders,
} from './headers.mjs';

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

describe('response headers', () => {
  it('allow no inline script, no eval and no inline style but those of react-aria', () => {
    expect(contentSecurityPolicy).not.toMatch(/unsafe-inline|'unsafe-eval'|unsafe-hashes|\*/);
    expect(contentSecurityPolicy).not.toMatch(/https?:/);
    const hashes = [...contentSecurityPolicy.matchAll(/'sha256-([^']+)'/g)].map((match) => match[1]);
    expect(hashes).toEqual(Object.values(libraryStyles).map(sha256));
  });

  it.each(Object.entries(libraryStyles))('know the style that react-aria/%s makes', (module, style) => {
    const file = `../node_modules/react-aria/dist/private/${module}.mjs`;
    const source = readFileSync(new URL(file, import.meta.url), 'utf8');
    const attribute = /PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(source)?.[1] ?? '';
    const made = [...source.matchAll(/style\.textContent = `([^`]*)`\.trim\(\)/g)].map((match) =>
      (match[1] ?? '').replace(/\$\{[^}]*PRESSABLE_ATTRIBUTE\}/, attribute).trim(),
    );
    expect(made).toEqual([style]);
  });

  it('let pages and workers connect to the app alone', () => {
    // No address, and no parameter that lets WebRTC or redirects through.
    expect(securityHeaders['Connection-Allowlist']).toBe('(response-origin)');
  });

  it('reach a document as far as a document can carry them', () => {
    expect(contentSecurityPolicy).toBe(`${metaContentSecurityPolicy}; frame-ancestors 'none'`);
    expect(metaContentSecurityPolicy).not.toContain('"');
  });

  it('are all in the file for static hosts', () => {
    const [everywhere = '', hashed = ''] = headersFile().split('\n\n');
    for (const [name, value] of Object.entries(securityHeaders)) {
      expect(everywhere).toContain(`\n  ${name}: ${value}`);
    }
    expect(everywhere).toMatch(/^\/\*\n/);
    expect(hashed).toBe(`/assets/*\n  Cache-Control: ${cacheControl('assets/index-1a2b3c.js')}\n`);
  });

  it('let only files with a hash in their name be kept without asking', () => {
    expect(cacheControl('assets/index-1a2b3c.js')).toContain('immutable');
    for (const path of ['index.html', 'service-worker.js', 'models/starter/pack.json']) {
      expect(cacheControl(path)).toBe('no-cache');
    }
  });
});
