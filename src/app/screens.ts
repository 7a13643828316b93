import { lazy } from 'react';
import { loadLaterTexts } from './i18n/start.ts';

/** What a screen's chunk and its texts are loaded with. */
const withTexts = async <Loaded>(load: Promise<Loaded>): Promise<Loaded> => {
  await loadLaterTexts();
  return load;
};

/** The screens beside the photos: a name in [Note: Screens] gets its component here. Each is a chunk of its own. */
export const screenComponents = {
  duplicates: lazy(() => withTexts(import('./features/duplicates/DuplicatesScreen.tsx'))),
  labels: lazy(() => withTexts(import('./features/labels/LabelsScreen.tsx'))),
} as const;
