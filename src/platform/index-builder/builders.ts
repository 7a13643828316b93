import type { IndexBuilderHost } from '../../protocol/index-builder.ts';
import { connectPairFinder, RemotePairFinder } from '../pair-finder/remote-pair-finder.ts';
import { connectHeadTeacher, RemoteHeadTeacher } from './remote-head-teacher.ts';
import { connectIndexBuilder, RemoteIndexBuilder, remoteBuilderHost } from './remote-index-builder.ts';

/** All that the library has done in builder workers. */
export class Builders {
  readonly index: RemoteIndexBuilder;
  readonly pairs: RemotePairFinder;
  readonly heads: RemoteHeadTeacher;

  /** @param host the page's, through Comlink */
  constructor(host: IndexBuilderHost, cores: number) {
    const remote = remoteBuilderHost(host);
    this.index = new RemoteIndexBuilder(remote, connectIndexBuilder);
    this.pairs = new RemotePairFinder(remote, connectPairFinder, cores);
    this.heads = new RemoteHeadTeacher(remote, connectHeadTeacher, cores);
  }

  /** Ends whatever runs. */
  stop(): void {
    for (const one of [this.index, this.pairs, this.heads]) one.stop();
  }
}
