import type { english } from '../en/index.ts';
import type { Translation } from '../translation.ts';
import { engine } from './engine.ts';
import { errors } from './errors.ts';
import { filters } from './filters.ts';
import { folders } from './folders.ts';
import { grid } from './grid.ts';
import { importing } from './import.ts';
import { shell } from './shell.ts';
import { ui } from './ui.ts';

/** The same texts in Simplified Chinese: a chunk of its own, see start.ts. */
export const chinese: Translation<typeof english> = {
  errors,
  filters,
  folders,
  grid,
  import: importing,
  shell,
  engine,
  ui,
};
