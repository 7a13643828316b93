import type { ModelRow } from '../../backup/entries.ts';
import type { LabelNumber } from '../../tagging/label.ts';
import type { StoredModel } from '../stored-rows.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';

export function mergeModels(rows: readonly ModelRow[], context: RestoreContext): SectionChanges {
  const { catalogue } = context;
  const added: StoredModel[] = [];
  for (const { id, version, labels, thresholds } of rows) {
    const name = `${id}@${version}`;
    if (context.models.has(name)) continue;
    const numbers = labels.map((label) => context.labels.get(label) ?? null);
    // Labels that were lost with their frame: the scores cannot be told apart.
    if (numbers.some((number) => number === null) || labels.length !== thresholds.length) continue;
    const key = { id, version };
    const known = catalogue.modelByKey(key);
    const model = known ?? {
      number:
        1 +
        Math.max(
          0,
          ...catalogue.models.map((one) => one.number),
          ...[...context.models.values()].map((one) => one.model.number),
        ),
      key,
      labels: numbers as LabelNumber[],
      thresholds,
    };
    context.models.set(name, { model, labels: numbers as LabelNumber[] });
    if (known === null) added.push(model);
  }
  return { models: added };
}
