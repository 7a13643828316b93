// @ts-check
/** Names of the copies that draw-copies.mjs makes. */
export const copyKinds = [
  'resize',
  'recompress',
  'mirror',
  'rotate 90',
  'crop 80 %',
  'border',
  'text',
  'brightness, hue',
  'screenshot',
  'crop 50 %',
  'rotate 15',
  'perspective',
  'collage',
  'crop 25 %',
];
