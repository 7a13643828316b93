import { engine } from './engine.ts';
import { errors } from './errors.ts';
import { filters } from './filters.ts';
import { folders } from './folders.ts';
import { grid } from './grid.ts';
import { importing } from './import.ts';
import { shell } from './shell.ts';
import { ui } from './ui.ts';

/** English texts of what is there from the first paint on, one part per feature; the others: later.ts. */
export const english = {
  errors,
  filters,
  folders,
  grid,
  import: importing,
  shell,
  engine,
  ui,
} as const;
