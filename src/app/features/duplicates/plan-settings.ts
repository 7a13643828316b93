import { useState } from 'react';
import { defaultRules, type KeepRule, keepRuleKinds } from '../../../core/dedup/keep-rules.ts';
import { defaultMerge, type MergeChoices } from '../../../core/dedup/merge.ts';

/** How the person likes duplicates to be cleared up; remembered in this browser. */
export interface PlanSettings {
  readonly rules: readonly KeepRule[];
  readonly merge: MergeChoices;
}

const storageKey = 'picsift.duplicates';
const defaults: PlanSettings = { rules: defaultRules, merge: defaultMerge };

/** Stored text -> settings; whatever is missing or malformed takes the default. */
export function readPlanSettings(text: string | null): PlanSettings {
  let stored: { readonly rules?: unknown; readonly merge?: unknown } = {};
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value === 'object' && value !== null) stored = value;
  } catch {
    return defaults; // written by something else
  }
  const rules = Array.isArray(stored.rules) ? stored.rules.filter(isRule) : [];
  return { rules: rules.length > 0 ? rules : defaultRules, merge: mergeOf(stored.merge) };
}

export function usePlanSettings(): [PlanSettings, (change: Partial<PlanSettings>) => void] {
  const [settings, setSettings] = useState(() => {
    try {
      return readPlanSettings(localStorage.getItem(storageKey));
    } catch {
      return defaults;
    }
  });
  const change = (patch: Partial<PlanSettings>) => {
    const next = { ...settings, ...patch };
    setSettings(next);
    try {
      localStorage.setItem(storageKey, JSON.stringify(next));
    } catch {
      // Storage may be switched off: then the choice lasts until the tab is closed.
    }
  };
  return [settings, change];
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
