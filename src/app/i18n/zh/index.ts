import type { english } from '../en/index.ts';
import type { englishLater } from '../en/later.ts';
import type { Translation } from '../translation.ts';
import { ask } from './ask.ts';
import { backup } from './backup.ts';
import { camera } from './camera.ts';
import { copies } from './copies.ts';
import { duplicates } from './duplicates.ts';
import { errors } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { filters } from './filters.ts';
import { folders } from './folders.ts';
import { grid } from './grid.ts';
import { importing } from './import.ts';
import { labels } from './labels.ts';
import { match } from './match.ts';
import { photo } from './photo.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { similar } from './similar.ts';
import { ui } from './ui.ts';

/** Every text of the app in Simplified Chinese: a chunk of its own, see start.ts. */
export const chinese: Translation<typeof english & typeof englishLater> = {
  duplicates,
  ask,
  backup,
  copies,
  camera,
  errors,
  evaluate,
  filters,
  folders,
  grid,
  import: importing,
  labels,
  match,
  photo,
  settings,
  shell,
  similar,
  ui,
};
