import fc from 'fast-check';
import { expect, it } from 'vitest';
import { everything } from '../../core/library/duplicate-scope.ts';
import type { DuplicatePlanRequest } from '../../core/library/duplicate-view.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import { TestBrowser, type TestSession } from './test-browser.ts';
import { addFromDisk, apply, byRules, cutOff, decidedOnly, putOnDisk } from './test-duplicates.ts';

/** Content by path: three files of the same bytes, two of others, one of its own; the reference folder has two. */
const onDisk = {
  'a.jpg': 'picture one',
  "it's “a” copy.jpg": 'picture one',
  'ref/👩‍👩‍👧\n.jpg': 'picture one',
  'b.jpg': 'picture two',
  'ref/b copy.jpg': 'picture two',
  'c.jpg': 'picture three',
};
const paths = Object.keys(onDisk);
const referenceScope = { ...everything, references: ['Photos/ref'] };

const cut = fc.option(fc.nat(24), { freq: 1, nil: null });
const decision = fc.record({
  do: fc.constant('decide' as const),
  kind: fc.constantFrom('keep' as const, 'keep' as const, 'alternates' as const, 'not-related' as const),
  photos: fc.uniqueArray(fc.nat(5), { minLength: 2, maxLength: 3 }),
});
const application = fc.record({
  do: fc.constant('apply' as const),
  byRules: fc.constantFrom(true, true, false),
  hasReferences: fc.boolean(),
  stays: fc.uniqueArray(fc.nat(5), { maxLength: 1 }),
  files: fc.constantFrom('leave' as const, 'move' as const, 'move' as const, 'delete' as const),
  /** The tab is closed before that step on the disk. */
  cut,
});
const otherProgram = fc.record({
  do: fc.constantFrom('change' as const, 'take away' as const),
  path: fc.constantFrom(...paths),
});
const action = fc.oneof(
  { weight: 2, arbitrary: decision },
  { weight: 5, arbitrary: application },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('undo' as const), cut }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const), cut }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), after: fc.nat(12) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('grant' as const, 'reopen' as const, 'rescan' as const) }),
  },
  { weight: 3, arbitrary: otherProgram },
);
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

/** A library over files, and what was done to it. */
class World {
  readonly browser = new TestBrowser();
  session!: TestSession;
  /** In the order of `paths`. */
  photos: PhotoId[] = [];
  /** Paths that another program changed. */
  readonly touched = new Set<string>();

  async open(): Promise<void> {
    this.session = await this.browser.started();
    putOnDisk(this.browser, onDisk);
    await addFromDisk(this.browser, this.session);
    const ids = await this.session.ids();
    const names = this.session.library.reading.cells(ids).map((cell) => cell!.name);
    this.photos = paths.map((path) => ids[names.indexOf(path.slice(path.lastIndexOf('/') + 1))]!);
    // From the next start on the folder is looked through.
    await this.#reopen();
  }

  async #reopen(): Promise<void> {
    this.session.kill();
    this.session = await this.browser.started();
  }

  /** Paths whose file is whole, in its place or aside. */
  whole(): string[] {
    const files = [...this.browser.folderFiles.disk];
    return Object.entries(onDisk).flatMap(([path, text]) => {
      const isHere = ([at, now]: [string, string]) =>
        now === text && (at === path || /^Picsift removed [^/]*\/(.*)$/s.exec(at)?.[1] === path);
      return files.some(isHere) ? path : [];
    });
  }

  async #cutOrNot(after: number | null, work: () => Promise<unknown>): Promise<void> {
    if (after === null) {
      await work();
      return;
    }
    let steps = 0;
    await cutOff(this.browser, this.session, work, () => steps++ >= after);
    this.session = await this.browser.started();
  }

  async take(one: Action): Promise<void> {
    const { duplicates } = this.session.library;
    const { disk } = this.browser.folderFiles;
    switch (one.do) {
      case 'decide': {
        const photos = one.photos.map((n) => this.photos[n]!);
        await duplicates.decide({ kind: one.kind, photos }).catch((error) => {
          expect(error).toBeInstanceOf(RangeError);
        });
        return;
      }
      case 'apply':
        return this.#apply(one);
      case 'undo':
        return this.#cutOrNot(one.cut, () => duplicates.undo());
      case 'settle':
        return this.#cutOrNot(one.cut, () => duplicates.settleFiles());
      case 'withdraw': {
        let steps = 0;
        this.browser.folderFiles.beforeStep = () => {
          if (steps++ >= one.after) throw new DOMException('no access', 'NotAllowedError');
        };
        return;
      }
      case 'grant':
        this.browser.folderFiles.beforeStep = () => {};
        return;
      case 'reopen':
        return this.#reopen();
      case 'rescan':
        await this.session.library.importing.folders.rescan(null);
        return this.session.settled();
      case 'change':
        this.touched.add(one.path);
        if (disk.has(one.path)) disk.set(one.path, 'picture of something else');
        return;
      case 'take away':
        this.touched.add(one.path);
        disk.delete(one.path);
    }
  }

  async #apply(one: Action & { readonly do: 'apply' }): Promise<void> {
    const request: DuplicatePlanRequest = {
      ...(one.byRules ? byRules : decidedOnly),
      scope: one.hasReferences ? referenceScope : everything,
      stays: one.stays.map((n) => this.photos[n]!),
    };
    const { entries } = await this.session.library.duplicates.plan(request);
    const removed = entries.map(({ photo }) => photo);
    for (const { photo, keptFor, by } of entries) {
      expect(removed).not.toContain(keptFor);
      if (by === 'rules') expect(request.stays).not.toContain(photo);
      if (one.hasReferences) expect(paths[this.photos.indexOf(photo)]).not.toMatch(/^ref/);
    }
    await this.#cutOrNot(one.cut, async () => {
      const result = await apply(this.session, request, one.files);
      if (result.kind !== 'applied' || result.run === null || one.files === 'leave') return;
      await this.session.library.duplicates.clearFiles(result.run);
    });
  }

  /** Files of photos that are there lie in their places; those of removed ones where the journal says. */
  async expectFilesAsSaid(): Promise<void> {
    const there = await this.session.ids();
    const { runs } = await this.session.store.duplicates();
    const { disk } = this.browser.folderFiles;
    paths.forEach((path, n) => {
      const photo = this.photos[n]!;
      if (this.touched.has(path)) return;
      const last = runs.filter(({ removed }) => removed.some((one) => one.photo === photo)).at(-1);
      const place = there.includes(photo)
        ? 'original'
        : (last?.files?.items.find((one) => one.photo === photo)?.place ?? 'original');
      const isUnderWay = last?.files !== undefined && last.files.state !== 'done';
      if (place === 'gone' || (isUnderWay && !there.includes(photo))) return;
      const at = place === 'aside' ? `${last!.files!.target}/${path}` : path;
      expect(disk.get(at), `${path}: ${place}`).toBe(onDisk[path as keyof typeof onDisk]);
    });
  }

  /** Of deleted files the photo for whose sake they went is there, and its file whole. */
  async expectOthersStay(deleted: readonly string[]): Promise<void> {
    const { runs } = await this.session.store.duplicates();
    const there = await this.session.ids();
    for (const path of deleted) {
      const photo = this.photos[paths.indexOf(path)]!;
      const removal = runs
        .filter(({ files }) => files?.mode === 'delete')
        .flatMap(({ removed }) => removed.filter((one) => one.photo === photo))
        .at(-1);
      expect(there).toContain(removal?.keptFor);
      const kept = paths[this.photos.indexOf(removal!.keptFor)]!;
      expect(this.browser.folderFiles.disk.get(kept)).toBe(onDisk[kept as keyof typeof onDisk]);
    }
  }

  /** From a removed photo to that for whose sake it went, and so on: it ends at one that is there. */
  async expectKeptOrInJournal(): Promise<void> {
    const there = await this.session.ids();
    const { runs } = await this.session.store.duplicates();
    const keptFor = new Map<PhotoId, PhotoId>();
    for (const { state, removed, files } of runs) {
      const deleted = new Set(
        files?.items.flatMap(({ photo, place }) =>
          files.mode === 'delete' && place === 'gone' ? photo : [],
        ),
      );
      for (const one of removed) {
        // What a run deleted stays removed when the run is taken back.
        if (state === 'done' || deleted.has(one.photo)) keptFor.set(one.photo, one.keptFor);
      }
    }
    for (const photo of this.photos) {
      let at = photo;
      for (let n = 0; n < this.photos.length && !there.includes(at); n++) {
        expect(keptFor.has(at)).toBe(true);
        at = keptFor.get(at)!;
      }
      expect(there).toContain(at);
    }
  }
}

it('whatever is done and cut off in whatever order: every photo is there or in the journal with one that is, and so is its file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 10, size: 'max' }), async (actions) => {
      const world = new World();
      await world.open();
      for (const one of actions) {
        const before = world.whole();
        await world.take(one);
        if (one.do === 'change' || one.do === 'take away') continue;
        // Nothing that is cut off loses a file; what is deleted goes for the sake of one that is whole.
        const after = world.whole();
        const lost = before.filter((path) => !after.includes(path));
        if (one.do === 'apply' && one.files === 'delete') await world.expectOthersStay(lost);
        else expect(lost).toEqual([]);
        await world.expectKeptOrInJournal();
        await world.expectFilesAsSaid();
      }
      world.session.kill();
      expect(world.browser.crashes).toEqual([]);
    }),
    {
      numRuns: 50,
      // Each step at which a move can be cut off, then taken back.
      examples: Array.from({ length: 20 }, (_, step): [Action[]] => [
        [
          { do: 'apply', byRules: true, hasReferences: false, stays: [], files: 'move', cut: step },
          { do: 'undo', cut: null },
        ],
      ]),
    },
  );
});
