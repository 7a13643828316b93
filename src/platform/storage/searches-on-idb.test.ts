import { beforeEach, expect, it } from 'vitest';
import { browser, newBrowser } from './test-browser.ts';

beforeEach(newBrowser);

it('searches are saved, renamed, deleted and brought back, and outlive the session', async () => {
  const first = await browser.session();
  const { searches } = first.library;
  const dogs = await searches.save({ number: null, name: '  Dogs \n at home ', fragment: '#/?all=dog' });
  const cats = await searches.save({ number: null, name: '猫', fragment: '#/?all=cat' });
  expect(dogs).toEqual({ number: 1, name: 'Dogs at home', fragment: '#/?all=dog' });
  await searches.save({ ...cats, name: 'Cats' });
  await first.library.close();

  const second = await browser.session();
  const again = second.library.searches;
  expect(await again.all()).toEqual([dogs, { ...cats, name: 'Cats' }]);
  await again.delete(dogs.number);
  expect((await again.all()).map(({ name }) => name)).toEqual(['Cats']);
  await again.save(dogs);
  expect((await again.all())[0]).toEqual(dogs);
  expect(() => again.save({ ...dogs, name: ' ' })).toThrow(RangeError);
  expect(() => again.save({ ...dogs, fragment: 'x'.repeat(9000) })).toThrow(RangeError);
  expect(browser.crashes).toEqual([]);
});
