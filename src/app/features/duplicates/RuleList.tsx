import { useTranslation } from 'react-i18next';
import { type KeepRule, type KeepRuleKind, keepRuleKinds } from '../../../core/dedup/keep-rules.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';

const noKind = 'none';

/** Which photo of a group stays: rules, the first that has an opinion decides. */
export function RuleList({
  rules,
  onChange,
}: {
  readonly rules: readonly KeepRule[];
  readonly onChange: (rules: readonly KeepRule[]) => void;
}) {
  const { t } = useTranslation();
  const unused = keepRuleKinds.filter((kind) => !rules.some((rule) => rule.kind === kind));
  const without = (index: number) => rules.filter((_, n) => n !== index);
  const moved = (index: number, by: number) => {
    const next = without(index);
    next.splice(index + by, 0, rules[index]!);
    return next;
  };
  return (
    <>
      <ol className="rules" aria-label={t('duplicates.rules')}>
        {rules.map((rule, index) => {
          const name = t(`duplicates.rule.${rule.kind}`);
          return (
            <li key={rule.kind} className="rules__item">
              <span className="rules__name">{name}</span>
              <IconButton
                icon="arrow-up"
                size="small"
                label={t('duplicates.ruleUp', { rule: name })}
                isDisabled={index === 0}
                onPress={() => onChange(moved(index, -1))}
              />
              <IconButton
                icon="arrow-down"
                size="small"
                label={t('duplicates.ruleDown', { rule: name })}
                isDisabled={index === rules.length - 1}
                onPress={() => onChange(moved(index, 1))}
              />
              <IconButton
                icon="close"
                size="small"
                label={t('duplicates.ruleOff', { rule: name })}
                isDisabled={rules.length === 1}
                onPress={() => onChange(without(index))}
              />
              <RuleFields
                rule={rule}
                onChange={(next) => onChange(rules.map((other, n) => (n === index ? next : other)))}
              />
            </li>
          );
        })}
      </ol>
      {unused.length > 0 && (
        <Select<KeepRuleKind | typeof noKind>
          label={t('duplicates.addRule')}
          value={noKind}
          options={[
            { value: noKind, label: t('duplicates.chooseRule') },
            ...unused.map((kind) => ({ value: kind, label: t(`duplicates.rule.${kind}`) })),
          ]}
          onChange={(kind) => {
            if (kind !== noKind) onChange([...rules, newRule(kind)]);
          }}
        />
      )}
    </>
  );
}

function RuleFields({
  rule,
  onChange,
}: {
  readonly rule: KeepRule;
  readonly onChange: (rule: KeepRule) => void;
}) {
  const { t } = useTranslation();
  if (rule.kind === 'folder-order') {
    return (
      <TextField
        label={t('duplicates.folders')}
        value={rule.folders.join('; ')}
        onChange={(text) => onChange({ ...rule, folders: text.split(/;\s*/) })}
      />
    );
  }
  if (rule.kind !== 'name-pattern') return null;
  return (
    <>
      <TextField
        label={t('duplicates.pattern')}
        value={rule.pattern}
        placeholder="*copy*"
        onChange={(pattern) => onChange({ ...rule, pattern })}
      />
      <Checkbox checked={rule.keep} onChange={(keep) => onChange({ ...rule, keep })}>
        {t('duplicates.patternKeep')}
      </Checkbox>
    </>
  );
}

function newRule(kind: KeepRuleKind): KeepRule {
  if (kind === 'folder-order') return { kind, folders: [''] };
  return kind === 'name-pattern' ? { kind, pattern: '', keep: false } : { kind };
}
