export const errors = {
  // One per FailureCode. Found and limit are facts from the file or the browser.
  failure: {
    'unsupported-type':
      'Not a supported picture: {{found}}. Picsift reads JPEG, PNG, WebP, AVIF, HEIC, GIF and BMP.',
    'empty-file': 'The file is empty (0 bytes). Copy it again from where it came from.',
    'too-many-pixels':
      'Too large: {{found}} megapixels, the limit is {{limit}}. You can raise the limit in Settings.',
    'too-much-memory':
      'Decoding this picture takes up to {{found}} MB of memory; this device can spare {{limit}} MB. Add a smaller copy of it.',
    'too-slow':
      'The picture was not decoded after {{found}} seconds, so it was left aside. It is probably damaged; check that it opens elsewhere, then try again.',
    'zero-size': 'The file says that the picture is 0 pixels wide or high. It is probably damaged.',
    broken: 'The picture is damaged or incomplete and cannot be decoded.',
    'file-missing':
      'The file is no longer where it was. Put it back, show where it is now, or add its folder again.',
    'no-permission': 'The browser needs your permission to read this file again.',
    unreadable: 'The browser could not read the file. Check that it still opens elsewhere, then try again.',
    'worker-crashed': 'Processing stopped unexpectedly at this photo. Try again.',
    'model-unavailable': 'No model was running. It goes on as soon as one runs.',
    'storage-full':
      'The browser’s storage for Picsift is full. Free space on this device or remove photos for good, then try again.',
  },
  /** Added where the decoder or the browser said something itself. */
  detail: '{{text}} ({{detail}})',
  unknownKind: 'this kind of file',
  unknownFigure: 'unknown',
  // One per ModelProblemCode.
  model: {
    missing: 'A part of the model could not be loaded: {{file}}.',
    damaged: 'A part of the model is damaged: {{file}}.',
    invalid: 'A part of the model does not say what it should: {{file}}.',
    'unknown-format': 'The model was made for a newer version of Picsift: {{file}}.',
  },
  modelAdvice: {
    missing: 'Check that you are online, then try again.',
    damaged: 'Try again to load a fresh copy.',
    invalid: 'Try again; if it stays, the copy of Picsift on this address is incomplete.',
    'unknown-format': 'Reload the page to get the newest Picsift.',
  },
  foundExpected: 'Found: {{found}}. Expected: {{expected}}.',
  // One per BackendRefusalCode.
  backend: {
    'no-adapter': 'This browser offers no graphics adapter (WebGPU).',
    'software-adapter':
      'Only a software graphics adapter is there; it is slow and not used unless you allow it.',
    'not-isolated': 'Threads need a page that is isolated from other origins; this one is not.',
    'self-test': 'Its results differ from the model’s reference pictures, so it is not trusted.',
    session: 'The model could not be started on it.',
    slower: 'It works, but another one is faster here, with all its workers together.',
  },
  action: 'That did not work: {{detail}}',
} as const;
