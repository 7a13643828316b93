import type { IconName } from '../ui/Icon.tsx';

/**
 * [Note: Screens] The places of the main navigation, in order. Each has its path in the fragment (`#/labels?...`; the
 * photos have none), its name in the texts (`shell.screens.<id>`) and, but for the photos, its component in
 * app/screens.ts.
 */
export const screens = [
  { id: 'photos', icon: 'photo' },
  { id: 'labels', icon: 'tag' },
  { id: 'evaluate', icon: 'chart' },
  { id: 'duplicates', icon: 'copies' },
] as const satisfies readonly { readonly id: string; readonly icon: IconName }[];

export type ScreenId = (typeof screens)[number]['id'];
