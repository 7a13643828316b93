import { ask } from './ask.ts';
import { backup } from './backup.ts';
import { camera } from './camera.ts';
import { copies } from './copies.ts';
import { duplicates } from './duplicates.ts';
import { evaluate } from './evaluate.ts';
import { labels } from './labels.ts';
import { match } from './match.ts';
import { photo } from './photo.ts';
import { settings } from './settings.ts';
import { similar } from './similar.ts';

/** Texts of the screens that are chunks of their own: loaded with the first of them, not before first paint. */
export const later = {
  ask,
  backup,
  camera,
  copies,
  duplicates,
  evaluate,
  labels,
  match,
  photo,
  settings,
  similar,
} as const;
