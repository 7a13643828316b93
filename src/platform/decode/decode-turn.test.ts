import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeCost, memoryFailure, memoryLimit } from './decode-cost.ts';
import { takeTurn } from './decode-turn.ts';

const cost = { memory: 1, patience: 40 };
const never = () => expect.unreachable('nothing comes late');

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a decode', () => {
  it('gives what the decoder gives, and rejects as it does', async () => {
    expect(await takeTurn(cost, async () => 7, never)).toBe(7);
    await expect(takeTurn(cost, () => Promise.reject(new Error('a bug')), never)).rejects.toThrow('a bug');
  });

  it('that hangs is given up; a picture that comes after all is handed over to be closed', async () => {
    const late: number[] = [];
    let finish = (_: number) => {};
    const hanging = () => new Promise<number>((resolve) => (finish = resolve));
    const answer = await takeTurn(cost, hanging, (result) => late.push(result));
    expect(answer).toEqual({ ok: false, failure: { code: 'too-slow', found: '0' } });
    finish(5);
    await Promise.resolve();
    expect(late).toEqual([5]);
  });

  it('that is large waits for its turn, and gives the turn back when it hangs or fails', async () => {
    // Web Locks are not in Node: one after the other, each until its promise settles.
    let before: Promise<unknown> = Promise.resolve();
    const request = vi.fn((_name: string, run: () => Promise<unknown>) => {
      const mine = before.then(run);
      before = mine.catch(() => {});
      return mine;
    });
    vi.stubGlobal('navigator', { locks: { request } });
    const begun: number[] = [];
    const large = { memory: 2 ** 30, patience: 40 };
    const ways = [
      () => Promise.reject(new Error('broken')),
      () => new Promise<number>(() => {}),
      async () => 2,
    ];
    const answers = ways.map((way, i) =>
      takeTurn(
        large,
        () => {
          begun.push(i);
          return way();
        },
        never,
      ),
    );
    await expect(answers[0]).rejects.toThrow('broken');
    expect(begun).not.toContain(2);
    expect(await answers[1]).toMatchObject({ failure: { code: 'too-slow' } });
    expect(await answers[2]).toBe(2);
    expect(await takeTurn(cost, async () => 'small', never)).toBe('small');
    expect(request).toHaveBeenCalledTimes(3);
  });
});

describe('what a decode may take', () => {
  it('grows with the picture and the file, and leaves a usual photo ten seconds and more', () => {
    const photo = decodeCost('jpeg', 4000, 3000, 5e6);
    expect(photo.patience).toBeCloseTo(13_400, 0);
    expect(photo.memory).toBe(12e6 * 6 + 10e6);
    expect(decodeCost('png', 12_000, 10_000, 1e6).memory).toBeGreaterThan(900e6);
  });

  it('is a quarter of the memory of the device, of 4 GiB where the browser does not tell', () => {
    const bomb = decodeCost('png', 12_000, 11_000, 1000);
    expect(memoryFailure(bomb, memoryLimit(8))).toBeNull();
    expect(memoryFailure(bomb, memoryLimit(2))).toEqual({
      code: 'too-much-memory',
      found: '1057',
      limit: '536',
    });
    expect(memoryLimit(undefined)).toBe(2 ** 30);
  });
});
