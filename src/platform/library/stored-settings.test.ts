import { expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../protocol/library.ts';
import { StoredSettings } from './stored-settings.ts';

it('settings that are changed at the same moment are all changed; one that is refused changes nothing', async () => {
  let stored: Settings = defaultSettings;
  const settings = await StoredSettings.of({
    settings: async () => stored,
    async saveSettings(wanted) {
      await new Promise((resolve) => setTimeout(resolve));
      if (wanted.previewSize === 160) throw new Error('no room');
      stored = wanted;
    },
  });
  const changed = [{ maxMegapixels: 50 }, { previewSize: 160 }, { recommendations: false }] as const;
  const [, refused] = await Promise.allSettled(changed.map((change) => settings.change(change)));
  expect(refused!.status).toBe('rejected');
  expect(stored).toEqual({ ...defaultSettings, maxMegapixels: 50, recommendations: false });
  expect(settings.current).toEqual(stored);
});
