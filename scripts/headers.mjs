// @ts-check
/**
 * [Note: Response headers] The one place that says which headers Picsift is served with. `scripts/serve.mjs` and the dev
 * server send them, the build writes them to `_headers` (for hosts that read it) and, as far as a document can carry
 * them, into index.html; the service worker adds them where the host sends none.
 */

/**
 * Style elements that react-aria makes at run time, letter by letter: they are allowed by their hash, so that no other
 * inline style is. `headers.test.ts` compares them with the installed version.
 */
export const libraryStyles = {
  'interactions/usePress': `@layer {
  [data-react-aria-pressable] {
    touch-action: pan-x pan-y pinch-zoom;
  }
}`,
  'overlays/usePreventScroll': `@layer {
  * {
    overscroll-behavior: contain;
  }
}`,
};

/** @type {Record<string, readonly string[]>} */
const directives = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // The hashes are those of `libraryStyles`, in order.
  'style-src': [
    "'self'",
    "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
    "'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
  ],
  'img-src': ["'self'", 'blob:', 'data:'],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'object-src': ["'none'"],
  'frame-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['picsift', 'default'],
};

/** @param {Record<string, readonly string[]>} parts */
const policyText = (parts) =>
  Object.entries(parts)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ');

/** What a `<meta http-equiv>` may hold: `frame-ancestors` is ignored there. */
export const metaContentSecurityPolicy = policyText(directives);

export const contentSecurityPolicy = policyText({ ...directives, 'frame-ancestors': ["'none'"] });

/** Makes the page cross-origin isolated: WASM threads need it. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const switchedOff = [
  'accelerometer',
  'autoplay',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** For every response. */
export const securityHeaders = {
  ...isolationHeaders,
  'Content-Security-Policy': contentSecurityPolicy,
  // What no directive of the policy refuses, where the browser knows it: WebRTC, and leaving for another address.
  'Connection-Allowlist': '(response-origin)',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': ['camera=(self)', ...switchedOff.map((name) => `${name}=()`)].join(', '),
};

/** Files whose name holds a hash of their content. */
export const immutableFolder = 'assets/';

/** @param {string} path relative to the app's root, no leading slash */
export function cacheControl(path) {
  return path.startsWith(immutableFolder) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** The text of `_headers`. Hosts that read it answer with `max-age=0, must-revalidate` where nothing is said. */
export function headersFile() {
  const block = (/** @type {string} */ pattern, /** @type {Record<string, string>} */ headers) =>
    [pattern, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n');
  return `${[
    block('/*', securityHeaders),
    block(`/${immutableFolder}*`, { 'Cache-Control': cacheControl(immutableFolder) }),
  ].join('\n\n')}\n`;
}
