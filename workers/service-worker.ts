import { AppCache } from '../src/platform/offline/app-cache.ts';
import { SharedFiles } from '../src/platform/offline/shared-files.ts';
import type { AppFile, FinishAnswer, OfflineRequest } from '../src/protocol/offline.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly AppFile[] };
/** Put in by the build; see [Note: Response headers]. */
declare const __PICSIFT_HEADERS__: Readonly<Record<string, string>>;
declare const __PICSIFT_HEADERS_ID__: string;

// The model packs (models/) are not among these files: the inference worker keeps them itself.
const app = new AppCache(self.__WB_MANIFEST, self.location.href, __PICSIFT_HEADERS__, __PICSIFT_HEADERS_ID__);
const shared = new SharedFiles(self.location.href);

// No skipWaiting: a new version waits until the person agrees.
self.addEventListener('install', (event) => event.waitUntil(app.install()));

self.addEventListener('activate', (event) => {
  // Claiming lets a first visit go on without a network, too.
  event.waitUntil(app.clean().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const answer = shared.respond(event.request) ?? app.respond(event.request);
  if (answer) event.respondWith(answer);
});

self.addEventListener('message', (event) => {
  const request = event.data as OfflineRequest;
  if (request.type === 'activate') {
    event.waitUntil(self.skipWaiting());
    return;
  }
  if (request.type === 'forget') {
    event.waitUntil(app.forget().finally(() => event.ports[0]?.postMessage(null)));
    return;
  }
  const answer = (message: FinishAnswer) => event.ports[0]?.postMessage(message);
  event.waitUntil(
    app.finish(request.webgpu).then(
      () => answer({ kind: 'complete' }),
      (error: unknown) => answer({ kind: 'incomplete', why: String(error) }),
    ),
  );
});
