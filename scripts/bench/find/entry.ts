// What the bench of finding by picture needs of the core, bundled by core/load-core.mjs.

export { colourDistance } from '../../../src/core/image/colour-signature.ts';
export { contentBox, cutOut, pictureBox } from '../../../src/core/image/content-box.ts';
export { layoutDistance } from '../../../src/core/image/layout-signature.ts';
export { hashDistance, turnHash } from '../../../src/core/image/perceptual-hash.ts';
export { PreparedPicture } from '../../../src/core/image/prepared-picture.ts';
export { preprocess } from '../../../src/core/image/preprocess.ts';
export { queryParts, queryTurns } from '../../../src/core/image/query-views.ts';
export { hashesOf, hasStructure, photoSignature } from '../../../src/core/image/signature.ts';
export { turnPicture, turns } from '../../../src/core/image/turn.ts';
export { verifyPair } from '../../../src/core/image/verify-pair.ts';
