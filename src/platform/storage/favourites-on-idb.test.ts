import { beforeEach, expect, it } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import { browser, file, newBrowser } from './test-browser.ts';
import { until } from './test-clock.ts';

beforeEach(newBrowser);

it('favourites are kept, counted, filtered, and taken back', async () => {
  const first = await browser.started();
  await first.add(['a', 'b', 'c'].map((name) => file(`${name}.jpg`, `picture ${name}`)));
  const [a, , c] = await first.ids({ sort: { by: 'name', descending: false } });
  await first.library.deciding.favour([a!, c!, 99], true);
  await first.library.deciding.favour([a!], true); // is one already: nothing to take back
  expect(await first.names({ favourites: true, sort: { by: 'name', descending: false } })).toEqual([
    'a.jpg',
    'c.jpg',
  ]);
  expect(first.library.state().counts.favourites).toBe(2);
  expect(first.library.state().undo).toMatchObject({ kind: 'favour', photos: 2 });
  await first.library.deciding.favour([c!], false);
  await first.library.deciding.undo();
  await first.library.deciding.undo();
  expect(await first.names({ favourites: true })).toEqual([]);
  await first.library.deciding.redo();
  await first.library.deciding.remove([a!]);
  expect(first.library.state().counts.favourites).toBe(1);
  await first.library.deciding.restore([a!]);
  await first.library.close();
  first.store.close();
  const second = await browser.session();
  expect(await second.names({ favourites: true })).toHaveLength(2);
  expect((await second.library.reading.photo(a!))!.isFavourite).toBe(true);
  expect(browser.crashes).toEqual([]);
});

it('photos and tags are recommended for the sake of favourites, of what was tagged and of what was opened', async () => {
  const session = await browser.started();
  const at = (degrees: number) =>
    [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)].join(',');
  await session.add([
    file('1.jpg', `picture 1 dog=0.9 v=${at(0)}`),
    file('2.jpg', `picture 2 dog=0.9 v=${at(20)}`),
    file('3.jpg', `picture 3 v=${at(40)}`),
    file('4.jpg', `picture 4 v=${at(180)}`),
    file('5.jpg', `picture 5 v=${at(205)}`),
    ...Array.from({ length: 12 }, (_, n) => file(`other ${n}.jpg`, `picture other ${n} v=${at(90 + n)}`)),
    file('18.jpg', `picture 18 dog=0.9 v=${at(270)}`),
  ]);
  await until(() => session.library.state().tagsLoaded && session.library.state().index.loaded);
  const { recommendations } = session.library.finding;
  const [one, two, three, four, five] = [1, 2, 3, 4, 5] as PhotoId[];
  await recommendations.noteOpened(four!);
  expect(await recommendations.forYou(5, 3)).toBeNull();
  await session.library.deciding.favour([one!], true);
  const found = (await recommendations.forYou(8, 3))!;
  expect(found.photos[0]).toEqual({ id: two, because: { reason: 'favourite', photo: one } });
  expect(found.photos).toContainEqual({ id: five, because: { reason: 'opened', photo: four } });
  // Removed ones are not recommended; nor is what is liked already; two dogs among the liked make a tag.
  await session.library.deciding.favour([two!], true);
  await session.library.deciding.remove([five!]);
  const later = (await recommendations.forYou(20, 3))!;
  expect(later.photos.map(({ id }) => id)).toContain(three);
  for (const id of [one, two, five]) expect(later.photos.map((photo) => photo.id)).not.toContain(id);
  expect(later.labels).toEqual([session.library.labelling.labels().find(({ id }) => id === 'dog')!.number]);
  // Like none of them, but a dog.
  const dog = later.labels[0]!;
  expect(later.photos).toContainEqual({ id: 18, because: { reason: 'label', label: dog } });
  await session.library.close();
  session.store.close();

  // What was opened is kept, and forgotten when asked.
  const second = await browser.session();
  await until(() => second.library.state().index.loaded);
  const reasons = async () =>
    (await second.library.finding.recommendations.forYou(20, 0))!.photos.map(({ because }) => because.reason);
  await second.library.deciding.restore([five!]);
  expect(await reasons()).toContain('opened');
  await second.library.finding.recommendations.forget();
  expect(await reasons()).not.toContain('opened');

  // Without favourites what was opened must be more than a few photos.
  await second.library.deciding.favour([one!, two!], false);
  for (let id = 6; id < 14; id++) {
    expect(await second.library.finding.recommendations.forYou(20, 0)).toBeNull();
    await second.library.finding.recommendations.noteOpened(id as PhotoId);
  }
  expect(new Set(await reasons())).toEqual(new Set(['opened']));
});
