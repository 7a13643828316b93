import * as Comlink from 'comlink';
import { IndexBuilderService } from '../src/platform/index-builder/index-builder-service.ts';
import { PairCheckerService } from '../src/platform/pair-finder/pair-checker-service.ts';
import { PairFinderService } from '../src/platform/pair-finder/pair-finder-service.ts';
import type { HeadTeacherApi, IndexBuilderApi } from '../src/protocol/index-builder.ts';
import type { PairCheckerApi, PairFinderApi } from '../src/protocol/pair-finder.ts';

const service = new IndexBuilderService();
const pairs = new PairFinderService();
const checker = new PairCheckerService();
const api: IndexBuilderApi & PairFinderApi & PairCheckerApi & HeadTeacherApi = {
  begin: (task) => service.begin(task),
  take: (chunks) => service.take(chunks),
  run: async (progress, kept) => {
    const outcome = await service.run(progress, kept);
    return outcome.kind === 'built' ? Comlink.transfer(outcome, [outcome.snapshot]) : outcome;
  },
  beginPairs: (task) => pairs.beginPairs(task),
  takePairVectors: (chunks) => pairs.takePairVectors(chunks),
  runPairs: (check, found, more) => pairs.runPairs(check, found, more),
  checkPairs: (job) => checker.checkPairs(job),
  help: (port) => service.help(port),
  teach: async (task, progress, helper) => {
    const outcome = await service.teach(task, progress, helper);
    return outcome.kind === 'taught' ? Comlink.transfer(outcome, [outcome.heldOut.buffer]) : outcome;
  },
};

// The page joins us with the library worker: its first message carries our end of their channel.
self.addEventListener('message', ({ data }: MessageEvent<{ type?: unknown; port?: unknown } | null>) => {
  if (data?.type === 'connect' && data.port instanceof MessagePort) Comlink.expose(api, data.port);
});
