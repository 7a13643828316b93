import { describe, expect, it } from 'vitest';
import type { BuildOutcome, BuildTask } from '../../core/library/index-ports.ts';
import type { ContentId } from '../../core/library/photo.ts';
import type { VectorChunk } from '../../core/library/stored-rows.ts';
import type { IndexBuilderApi, IndexBuilderHost } from '../../protocol/index-builder.ts';
import { RemoteIndexBuilder } from './remote-index-builder.ts';

const task: BuildTask = {
  factory: 'Flat',
  dim: 4,
  model: 'test@1',
  contents: Uint32Array.of(1, 2),
  resume: null,
};
const built: BuildOutcome = { kind: 'built', snapshot: new ArrayBuffer(1), list: { total: 1, chunks: [] } };

/** A page whose workers are in the test's hand. */
class Page implements IndexBuilderHost {
  readonly killed: number[] = [];
  readonly taken: number[] = [];
  lose: (why: string) => void = () => {};
  finish: (outcome: BuildOutcome) => void = () => {};
  progress: (done: number) => void = () => {};
  starts = true;
  began = 0;

  async spawnBuilder(lost: (workerId: number, why: string) => void) {
    if (!this.starts) throw new Error('no workers here');
    this.lose = (why) => lost(7, why);
    return { workerId: 7, port: new MessageChannel().port1 };
  }

  async kill(workerId: number): Promise<void> {
    this.killed.push(workerId);
  }

  readonly api: IndexBuilderApi = {
    begin: async () => void this.began++,
    take: async (chunks) => void this.taken.push(chunks.length),
    run: (progress) => {
      this.progress = (done) => progress({ phase: 'encode', done });
      return new Promise((resolve) => {
        this.finish = resolve;
      });
    },
  };
}

const vectors = (count: number) => async (visit: (chunk: VectorChunk) => Promise<boolean>) => {
  for (let n = 0; n < count; n++) {
    const chunk = { firstContent: n as ContentId, rows: 1, dim: 4, records: new Uint8Array(8) };
    if (!(await visit(chunk))) return;
  }
};

function start(page: Page, chunks = 300) {
  const told: number[] = [];
  const builder = new RemoteIndexBuilder(page, () => page.api);
  const running = builder.start(
    task,
    vectors(chunks),
    ({ done }) => told.push(done),
    () => {},
  );
  return { builder, running, told };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('a build in a worker', () => {
  it('gets the vectors in parts, tells its progress, and ends its worker', async () => {
    const page = new Page();
    const { running, told } = start(page);
    await settle();
    expect([page.began, page.taken]).toEqual([1, [128, 128, 44]]);
    page.progress(0.5);
    page.finish(built);
    expect(await running.done).toBe(built);
    await settle();
    expect([told, page.killed]).toEqual([[0.5], [7]]);
  });

  it('is cancelled at once, whatever the worker is at; what it still says is not heard', async () => {
    const page = new Page();
    const { running, told } = start(page);
    await settle();
    running.cancel();
    expect(await running.done).toEqual({ kind: 'cancelled' });
    page.progress(0.7);
    page.finish(built);
    await settle();
    expect([told, page.killed]).toEqual([[], [7]]);
  });

  it('that is cancelled before its worker is there sends nothing', async () => {
    const page = new Page();
    const { builder, running } = start(page, 1000);
    builder.stop();
    expect(await running.done).toEqual({ kind: 'cancelled' });
    await settle();
    expect([page.taken, page.killed]).toEqual([[], [7]]);
  });

  it('fails with its worker, and without any', async () => {
    const page = new Page();
    const { running } = start(page);
    await settle();
    page.lose('out of memory');
    expect(await running.done).toEqual({ kind: 'failed', why: 'out of memory' });
    const bare = new Page();
    bare.starts = false;
    expect(await start(bare).running.done).toEqual({ kind: 'failed', why: 'no workers here' });
  });
});
