import { beforeEach, expect, test, vi } from 'vitest';

/** As Safari: so many changes in 30 s. */
const most = 100;
let writes: number[] = [];
const entries = [{ hash: '', state: null as unknown }];
const go = (url: string) => url.replace(/^\/app\//, '');
const write = () => {
  writes = [...writes.filter((at) => at > performance.now() - 30_000), performance.now()];
  if (writes.length > most) throw new DOMException('too many', 'SecurityError');
};

beforeEach(() => {
  vi.resetModules();
  entries.splice(0, entries.length, { hash: '', state: null });
  writes = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.stubGlobal('location', {
    pathname: '/app/',
    search: '',
    get hash() {
      return entries.at(-1)!.hash;
    },
  });
  vi.stubGlobal('history', {
    get state() {
      return entries.at(-1)!.state;
    },
    replaceState: (state: unknown, _: string, url: string) => {
      write();
      entries[entries.length - 1] = { hash: go(url), state };
    },
    pushState: (state: unknown, _: string, url: string) => {
      write();
      entries.push({ hash: go(url), state });
    },
  });
  vi.stubGlobal('addEventListener', vi.fn());
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

test('what a person changes is in the address at once, so that a reload keeps it', async () => {
  const { replaceAddress } = await import('./address.ts');
  for (const order of ['name', 'size', 'taken']) {
    replaceAddress(`#/?sort=${order}`);
    expect(location.hash).toBe(`#/?sort=${order}`);
  }
});

test('a slider that is moved for a minute never makes the browser refuse, and its last place is written', async () => {
  const { currentAddress, pushAddress, replaceAddress, wasPushedOn } = await import('./address.ts');
  pushAddress('#/?similar=3');
  expect(wasPushedOn('')).toBe(true);
  for (let step = 1; step <= 3000; step++) {
    replaceAddress(`#/?similar=3&mix=${step}`);
    expect(currentAddress()).toBe(`#/?similar=3&mix=${step}`);
    vi.advanceTimersByTime(20);
  }
  expect(writes.length).toBeLessThan(most);
  vi.advanceTimersByTime(400);
  expect(location.hash).toBe('#/?similar=3&mix=3000');
  expect(wasPushedOn('')).toBe(true);

  // What waits is in the entry that another one is pushed on.
  replaceAddress('#/?similar=3&mix=1');
  replaceAddress('#/?similar=3&mix=2');
  pushAddress('#/?photo=4');
  expect(entries.map(({ hash }) => hash)).toEqual(['', '#/?similar=3&mix=2', '#/?photo=4']);

  // Where nothing can be written for a while, what is in force is another matter.
  for (let n = 0; n < most; n++) {
    replaceAddress(`#/?photo=${n}`);
    vi.advanceTimersByTime(1);
    pushAddress(`#/?photo=x${n}`);
  }
  expect(currentAddress()).toBe(`#/?photo=x${most - 1}`);
  vi.advanceTimersByTime(40_000);
  expect(location.hash).toBe(`#/?photo=x${most - 1}`);

  // Back, or an address that is typed, takes the place of what waits.
  replaceAddress('#/?photo=7');
  replaceAddress('#/?photo=8');
  entries.push({ hash: '#/labels', state: null });
  expect(currentAddress()).toBe('#/labels');
  vi.advanceTimersByTime(1000);
  expect(location.hash).toBe('#/labels');
});
