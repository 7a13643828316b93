import { wordsOf } from '../src/core/error-words.ts';
import { convertPicture } from '../src/platform/decode/convert-picture.ts';

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!(data instanceof Blob)) return;
  convertPicture(data).then(
    (answer) => self.postMessage(answer),
    (error: unknown) => {
      const found = wordsOf(error);
      self.postMessage({ ok: false, failure: { code: 'unreadable', found } });
    },
  );
});
