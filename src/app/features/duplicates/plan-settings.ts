import { defaultRules, type KeepRule, keepRuleKinds } from '../../../core/dedup/keep-rules.ts';
import { defaultMerge, type MergeChoices } from '../../../core/dedup/merge.ts';
import { storedObject, useRemembered } from '../../engine/use-remembered.ts';

/** How the person likes duplicates to be cleared up; remembered in this browser. */
export interface PlanSettings {
  readonly rules: readonly KeepRule[];
  readonly merge: MergeChoices;
}

const storageKey = 'picsift.duplicates';

/** Stored text -> settings; whatever is missing or malformed takes the default. */
export function readPlanSettings(text: string | null): PlanSettings {
  const stored = storedObject(text);
  const rules = Array.isArray(stored.rules) ? stored.rules.filter(isRule) : [];
  return { rules: rules.length > 0 ? rules : defaultRules, merge: mergeOf(stored.merge) };
}

export function usePlanSettings(): [PlanSettings, (change: Partial<PlanSettings>) => void] {
  const [settings, change] = useRemembered(storageKey, readPlanSettings);
  return [settings, (patch) => change({ ...settings, ...patch })];
}

function isRule(value: unknown): value is KeepRule {
  if (typeof value !== 'object' || value === null) return false;
  const rule = value as Record<string, unknown>;
  if (!keepRuleKinds.some((kind) => kind === rule.kind)) return false;
  if (rule.kind === 'folder-order') {
    return Array.isArray(rule.folders) && rule.folders.every((folder) => typeof folder === 'string');
  }
  return rule.kind !== 'name-pattern' || (typeof rule.pattern === 'string' && typeof rule.keep === 'boolean');
}

function mergeOf(value: unknown): MergeChoices {
  const { tags, favourite, captureDate, name } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Record<keyof MergeChoices, unknown>;
  return {
    tags: typeof tags === 'boolean' ? tags : defaultMerge.tags,
    favourite: typeof favourite === 'boolean' ? favourite : defaultMerge.favourite,
    captureDate:
      captureDate === 'leave' || captureDate === 'missing' || captureDate === 'oldest'
        ? captureDate
        : defaultMerge.captureDate,
    name: name === 'leave' || name === 'camera' ? name : defaultMerge.name,
  };
}
