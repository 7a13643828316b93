import * as Comlink from 'comlink';
import { LibraryService } from '../src/platform/library/library-service.ts';

const service = new LibraryService();
const verbs: ProxyHandler<LibraryService> = {
  get(_, name) {
    const verb: unknown = Reflect.get(service, name);
    return typeof verb === 'function'
      ? (...values: unknown[]) => service.answer(String(name), async () => verb.apply(service, values))
      : verb;
  },
};

Comlink.expose(new Proxy(service, verbs));
