import { expect, it, vi } from 'vitest';
import { StoreRefused } from '../../core/library/store-refused.ts';
import { forgetStuckPhotos, removePhotos, stuckPhotos, subscribeStuckPhotos } from './removal.ts';

const ids = Uint32Array.of(3, 5);

it('photos that are removed are not asked about', async () => {
  const remove = vi.fn(async () => {});
  expect(await removePhotos({ remove }, ids)).toBe(true);
  expect(remove).toHaveBeenCalledWith(ids);
  expect(stuckPhotos()).toBeNull();
});

it('where there is no room to keep them, the page asks about them, wherever they were removed', async () => {
  const listener = vi.fn();
  const unsubscribe = subscribeStuckPhotos(listener);
  const gone = vi.fn();
  const remove = () => Promise.reject(new StoreRefused('storage-full'));
  expect(await removePhotos({ remove }, ids, gone)).toBe(false);
  expect(stuckPhotos()).toEqual({ ids, gone });
  forgetStuckPhotos();
  expect(stuckPhotos()).toBeNull();
  expect(listener).toHaveBeenCalledTimes(2);
  expect(gone).not.toHaveBeenCalled();
  unsubscribe();
});

it('what else goes wrong is told to whoever asked', async () => {
  const remove = () => Promise.reject(new StoreRefused('lost'));
  await expect(removePhotos({ remove }, ids)).rejects.toThrow('lost');
  expect(stuckPhotos()).toBeNull();
});
