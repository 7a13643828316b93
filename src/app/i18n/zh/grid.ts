import type { grid as english } from '../en/grid.ts';
import type { Translation } from '../translation.ts';

export const grid: Translation<typeof english> = {};
