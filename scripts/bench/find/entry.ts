// What the bench of finding by picture needs of the core, bundled by core/load-core.mjs.
export { colourDistance } from '../../../src/core/image/colour-signature.ts';
export { hashDistance } from '../../../src/core/image/perceptual-hash.ts';
export { PreparedPicture } from '../../../src/core/image/prepared-picture.ts';
export { preprocess } from '../../../src/core/image/preprocess.ts';
export { productScore } from '../../../src/core/image/product-score.ts';
export { hashesOf, innerColourAt, photoSignature } from '../../../src/core/image/signature.ts';
export { verifyPair } from '../../../src/core/image/verify-pair.ts';
export { PhotoTable } from '../../../src/core/library/photo-table.ts';
export { SamePictures } from '../../../src/core/library/same-pictures.ts';
export { Signatures } from '../../../src/core/library/signatures.ts';
