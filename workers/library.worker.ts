import * as Comlink from 'comlink';
import { LibraryService } from '../src/platform/library/library-service.ts';
import type { LibraryApi } from '../src/protocol/library.ts';

const service = new LibraryService();
const answers: ProxyHandler<LibraryApi> = {
  get(verbs, name) {
    const verb: unknown = Reflect.get(verbs, name);
    return typeof verb === 'function'
      ? (...values: unknown[]) => service.answer(String(name), async () => verb.apply(verbs, values))
      : verb;
  },
};

Comlink.expose(new Proxy(service.verbs, answers));
