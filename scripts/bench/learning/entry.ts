// What the bench of teaching needs of the core, bundled by core/load-core.mjs.
export { outputsOf } from '../../../src/core/learning/head.ts';
export { madeLesson } from '../../../src/core/learning/made-lesson.ts';
export { scoreLibrary } from '../../../src/core/learning/score.ts';
export { teach } from '../../../src/core/learning/teach.ts';
export { defaultTeachOptions } from '../../../src/core/learning/teaching.ts';
