import { convertPicture } from '../src/platform/decode/convert-picture.ts';

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!(data instanceof Blob)) return;
  convertPicture(data).then(
    (answer) => self.postMessage(answer),
    (error: unknown) => {
      const found = error instanceof Error ? error.message : String(error);
      self.postMessage({ ok: false, failure: { code: 'unreadable', found } });
    },
  );
});
