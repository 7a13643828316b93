import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { file, TestBrowser } from './test-browser.ts';

it('favourites are kept, counted, filtered, and taken back', async () => {
  const browser = new TestBrowser();
  const first = await browser.session();
  await first.startModel();
  await first.library.add(['a', 'b', 'c'].map((name) => file(`${name}.jpg`, `picture ${name}`)));
  await first.settled();
  const [a, , c] = await first.ids({ sort: { by: 'name', descending: false } });
  await first.library.favour([a!, c!, 99], true);
  await first.library.favour([a!], true); // is one already: nothing to take back
  expect(await first.names({ favourites: true, sort: { by: 'name', descending: false } })).toEqual([
    'a.jpg',
    'c.jpg',
  ]);
  expect(first.library.state().counts.favourites).toBe(2);
  expect(first.library.state().undo).toMatchObject({ kind: 'favour', photos: 2 });
  await first.library.favour([c!], false);
  await first.library.undo();
  await first.library.undo();
  expect(await first.names({ favourites: true })).toEqual([]);
  await first.library.redo();
  await first.library.remove([a!]);
  expect(first.library.state().counts.favourites).toBe(1);
  await first.library.restore([a!]);
  await first.library.close();
  first.store.close();
  const second = await browser.session();
  expect(await second.names({ favourites: true })).toHaveLength(2);
  expect((await second.library.photo(a!))!.isFavourite).toBe(true);
  expect(browser.crashes).toEqual([]);
});
