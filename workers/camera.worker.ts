import { encodeFrame } from '../src/platform/decode/encode-frame.ts';
import type { EncodedFrame, FrameRequest } from '../src/protocol/encode-frame.ts';

self.addEventListener('message', ({ data }: MessageEvent<FrameRequest>) => {
  const answer = (picture: Blob | null) => self.postMessage({ id: data.id, picture } satisfies EncodedFrame);
  encodeFrame(data).then(answer, () => answer(null));
});
