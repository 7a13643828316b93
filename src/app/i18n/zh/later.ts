import type { later as english } from '../en/later.ts';
import type { Translation } from '../translation.ts';
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

/** The same texts in Simplified Chinese. */
export const later: Translation<typeof english> = {
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
};
