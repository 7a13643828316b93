import * as Comlink from 'comlink';
import { FiguresService } from '../src/platform/figures/figures-service.ts';
import type { FiguresApi, FiguresSource } from '../src/protocol/figures.ts';

// The page joins us with the library worker: its first message carries our end of their channel, and that of ours with it.
self.addEventListener('message', ({ data }: MessageEvent<Record<string, unknown> | null>) => {
  if (data?.type !== 'connect' || !(data.library instanceof MessagePort)) return;
  if (!(data.page instanceof MessagePort)) return;
  const service = new FiguresService(Comlink.wrap<FiguresSource>(data.library));
  const api: FiguresApi = {
    open: (request, listener) => service.open(request, listener),
    move: (thresholds) => service.move(thresholds),
    curves: (label) => service.curves(label),
    choose: (goal) => service.choose(goal),
    errors: () => service.errors(),
    compare: (before, after) => service.compare(before, after),
    file: (kind, names) => service.file(kind, names),
  };
  Comlink.expose(api, data.page);
});
