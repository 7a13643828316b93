import type { FinishAnswer, OfflineRequest } from '../../protocol/offline.ts';
import { trustedScriptUrl } from './trusted-types.ts';

export interface OfflineSnapshot {
  /** `ready`: the app, its runtimes and the model pack are all kept. `unsupported`: this browser (or this address) cannot. */
  readonly offline: 'unsupported' | 'preparing' | 'ready';
  /** Why it is still preparing, in the browser's words; null when nothing went wrong. */
  readonly problem: string | null;
  /** A new version is there; it runs after `applyUpdate`. */
  readonly updateAvailable: boolean;
  /** The browser offers to install the app: `install` may be called from a click. */
  readonly canInstall: boolean;
}

export interface OfflineOptions {
  /** Settles when the model has been loaded or has failed: nothing competes with it before. */
  readonly modelSettled: Promise<void>;
  /** Whether the whole model pack is kept in this browser. */
  readonly isModelStored: () => boolean | Promise<boolean>;
  /** True while an import or a dialog must not be interrupted by the one reload that isolation needs on plain hosts. */
  readonly isBusy: () => boolean;
}

/** Chromium's, in no standard. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

const reloadedKey = 'picsift.reloaded-for-isolation';
const updateCheckMilliseconds = 3_600_000;
/** A service worker that has nothing on its way answers at once. */
const forgetMilliseconds = 5_000;

let snapshot: OfflineSnapshot = {
  offline: 'preparing',
  problem: null,
  updateAvailable: false,
  canInstall: false,
};
const listeners = new Set<() => void>();
let options: OfflineOptions | null = null;
let registration: ServiceWorkerRegistration | null = null;
let installPrompt: InstallPromptEvent | null = null;
let filesComplete = false;
let reloadWhenControlled = false;
let isForgotten = false;
/** Settles when the service worker is registered or cannot be. */
let registering: Promise<unknown> = Promise.resolve();

function change(part: Partial<OfflineSnapshot>): void {
  snapshot = { ...snapshot, ...part };
  for (const listener of listeners) listener();
}

export function offlineSnapshot(): OfflineSnapshot {
  return snapshot;
}

export function subscribeOffline(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Begins to make the app work offline, once the model has settled. To be called once, early. */
export function startOffline(given: OfflineOptions): void {
  options = given;
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault(); // the app has its own button
    installPrompt = event as InstallPromptEvent;
    change({ canInstall: true });
  });
  window.addEventListener('appinstalled', () => {
    installPrompt = null;
    change({ canInstall: false });
  });
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) {
    change({ offline: 'unsupported' });
    return;
  }
  window.addEventListener('online', () => void finish());
  given.modelSettled.then(register, register);
}

/** To be called when a model pack has been stored or lost after the start. */
export async function modelStorageChanged(): Promise<void> {
  const ready = filesComplete && (await options?.isModelStored()) === true;
  if (snapshot.offline !== 'unsupported') change({ offline: ready ? 'ready' : 'preparing' });
}

/** Lets the waiting version take over and reloads the page. The caller has made sure that nothing is lost. */
export function applyUpdate(): void {
  if (registration?.waiting) {
    reloadWhenControlled = true;
    registration.waiting.postMessage({ type: 'activate' } satisfies OfflineRequest);
  } else {
    location.reload(); // another tab has let it take over already
  }
}

/** Shows the browser's install prompt; true if the person accepts. Only from a click, while `canInstall`. */
export async function install(): Promise<boolean> {
  const prompt = installPrompt;
  installPrompt = null; // the browser lets a prompt be shown once
  change({ canInstall: false });
  return (await prompt?.prompt())?.outcome === 'accepted';
}

/** Before all is erased: nothing is kept from now on, and the service workers delete what they have. */
export async function forgetOffline(): Promise<void> {
  isForgotten = true;
  await registering;
  const { installing = null, waiting = null, active = null } = registration ?? {};
  const workers = [installing, waiting, active].filter((worker) => worker !== null);
  await Promise.all(workers.map((worker) => within(asked(worker, { type: 'forget' }), forgetMilliseconds)));
}

/** Resolves with the service worker's answer. */
function asked<Answer>(worker: ServiceWorker, request: OfflineRequest): Promise<Answer> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event: MessageEvent<Answer>) => resolve(event.data);
    worker.postMessage(request, [port2]);
  });
}

function within(work: Promise<unknown>, milliseconds: number): Promise<unknown> {
  return Promise.race([work, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
}

async function register(): Promise<void> {
  if (isForgotten) return;
  const container = navigator.serviceWorker;
  const hadController = container.controller !== null;
  container.addEventListener('controllerchange', () => {
    if (reloadWhenControlled) location.reload();
    else if (hadController)
      change({ updateAvailable: true }); // this page is of the version before
    else reloadForIsolation();
  });
  const script = trustedScriptUrl(new URL('service-worker.js', document.baseURI).href);
  const registered = container.register(script, { updateViaCache: 'none' });
  registering = registered.catch(() => {}); // told below
  try {
    registration = await registered;
  } catch (error) {
    change({ offline: 'unsupported', problem: String(error) });
    return;
  }
  watchForUpdates(registration);
  await container.ready;
  if (container.controller) reloadForIsolation();
  await finish();
}

function watchForUpdates(watched: ServiceWorkerRegistration): void {
  const offer = () => {
    if (watched.waiting && watched.active) change({ updateAvailable: true });
  };
  offer();
  watched.addEventListener('updatefound', () => {
    const arriving = watched.installing;
    arriving?.addEventListener('statechange', () => {
      if (arriving.state === 'installed') offer();
      if (arriving.state === 'redundant' && !watched.active) {
        change({ problem: 'The browser could not keep the app’s files.' });
      }
    });
  });
  let checkedAt = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || Date.now() - checkedAt < updateCheckMilliseconds) return;
    checkedAt = Date.now();
    watched.update().catch(() => {}); // no network: the next check will do
  });
}

/** Asks the service worker to fetch what is missing, then tells whether all is there. */
async function finish(): Promise<void> {
  const active = registration?.active;
  if (!active || filesComplete || isForgotten) return;
  const webgpu = await hasHardwareAdapter();
  const answer = await asked<FinishAnswer>(active, { type: 'finish', webgpu });
  filesComplete = answer.kind === 'complete';
  change({ problem: answer.kind === 'complete' ? null : answer.why });
  await modelStorageChanged();
}

async function hasHardwareAdapter(): Promise<boolean> {
  const gpu = (
    navigator as { gpu?: { requestAdapter(): Promise<{ info: { isFallbackAdapter?: boolean } } | null> } }
  ).gpu;
  const adapter = await gpu?.requestAdapter().catch(() => null);
  return adapter ? adapter.info.isFallbackAdapter !== true : false;
}

/**
 * On a host that cannot send COOP and COEP the page becomes isolated (and WASM gets threads) by one reload through the
 * service worker. Done only where nobody notices; else the next visit is isolated from the start.
 */
function reloadForIsolation(): void {
  if (crossOriginIsolated || options?.isBusy() || navigator.userActivation?.hasBeenActive) return;
  try {
    if (sessionStorage.getItem(reloadedKey) !== null) return;
    sessionStorage.setItem(reloadedKey, 'yes');
  } catch {
    return; // without a memory of it, reloading could go on for ever
  }
  location.reload();
}
