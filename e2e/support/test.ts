import { type BrowserContext, test as base, expect, type Locator, type Page } from '@playwright/test';
import { type ServeOptions, serve } from '../../scripts/serve.mjs';

import { madeFolder } from './made-once.ts';

/** A server of the built app. */
export interface Site {
  /** Where the app lies, with a final slash. */
  readonly url: string;
  stop(): Promise<void>;
  /** From now on other files lie over those of the app: in the place of `serveOptions.overlay`. */
  setOverlay(folders: string | readonly string[]): void;
  /** It was out of reach in this test. */
  readonly wasStopped: boolean;
}

/** What the browser said in a test, and what it asked for. */
export interface Watch {
  /** Errors and warnings that this test provokes on purpose: a match is not a failure. */
  allow(message: RegExp): void;
  /** Addresses outside of the site that were asked for; a test with any of them fails. */
  readonly foreignRequests: readonly string[];
}

export interface Options {
  /** How the built app is served; `root` is dist, or the folder that PICSIFT_DIST names. */
  serveOptions: ServeOptions;
  /**
   * False: no service worker comes, so the app is not kept for use offline, which costs a test as much as all else. Not for
   * browsers that a test launches itself.
   */
  keptOffline: boolean;
}

export interface Fixtures {
  site: Site;
  watch: Watch;
}

/** Chromium's remarks that say nothing about the app. */
const alwaysAllowed = [
  // ONNX Runtime reports at error level that shape computations stay on the CPU.
  /Some nodes were not assigned to the preferred execution providers/,
  /Rerunning with verbose output on a non-minimal build will show node assignments/,
];

class ContextWatch implements Watch {
  readonly foreignRequests: string[] = [];
  readonly #said: string[] = [];
  readonly #allowed = [...alwaysAllowed];
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  allow(message: RegExp): void {
    this.#allowed.push(message);
  }

  follow(context: BrowserContext): void {
    context.on('console', (message) => {
      const isReport = message.type() === 'warning' && /violat|policy|blocked|refused/i.test(message.text());
      if (message.type() === 'error' || isReport) this.#said.push(`${message.type()}: ${message.text()}`);
    });
    context.on('weberror', (error) => this.#said.push(`uncaught: ${String(error.error().stack)}`));
    context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'blob:' && protocol !== 'data:' && origin !== this.#origin) {
        this.foreignRequests.push(request.url());
      }
    });
  }

  get unexpected(): readonly string[] {
    return this.#said.filter((line) => !this.#allowed.some((pattern) => pattern.test(line)));
  }
}

/** Keeping the app for use offline begins with a service worker: it stays on its way. */
export function keepNothingOffline(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    if (!('ServiceWorkerContainer' in window)) return; // about:blank
    ServiceWorkerContainer.prototype.register = () => new Promise(() => {});
  });
}

/**
 * Playwright's test with the app served at `site.url` (also `baseURL`). A test fails on console errors, uncaught errors
 * and policy violations that it has not allowed, and on any request outside of the site. `page.waitForFunction` evaluates
 * text, which the policy forbids: use `expect.poll` with `page.evaluate`.
 */
export const test = base.extend<Fixtures & Options>({
  serveOptions: [{}, { option: true }],
  keptOffline: [true, { option: true }],
  context: async ({ context, keptOffline }, use) => {
    if (!keptOffline) await keepNothingOffline(context);
    await use(context);
  },
  site: async ({ serveOptions }, use) => {
    const served = await serve({
      root: process.env.PICSIFT_DIST ?? 'dist',
      port: 0,
      ...serveOptions,
      overlay: [serveOptions.overlay ?? [], madeFolder].flat(),
    });
    let wasStopped = false;
    const stop = async () => {
      if (!wasStopped) await served.close();
      wasStopped = true;
    };
    await use({
      url: served.url,
      stop,
      get wasStopped() {
        return wasStopped;
      },
      setOverlay: (folders) => served.setOverlay([folders, madeFolder].flat()),
    });
    await stop();
  },
  baseURL: async ({ site }, use) => {
    await use(site.url);
  },
  watch: [
    async ({ context, site }, use) => {
      const watch = new ContextWatch(new URL(site.url).origin);
      watch.follow(context);
      await use(watch);
      // What the app asks for of its own accord may meet a server that is gone.
      if (site.wasStopped) watch.allow(/net::ERR_CONNECTION_REFUSED/);
      expect(watch.unexpected, 'what the browser complained about').toEqual([]);
      expect(watch.foreignRequests, 'requests that left the site').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect, type Locator, type Page };
