import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecidedTier } from '../../../core/dedup/tiers.ts';
import type { DuplicateScope } from '../../../core/library/duplicate-scope.ts';
import type { DuplicatePlanRequest } from '../../../protocol/duplicates.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { ExceptionList } from './ExceptionList.tsx';
import { type GroupException, withException } from './exceptions.ts';
import { FileFields, type FilesChoice } from './FileFields.tsx';
import { FileWork } from './FileWork.tsx';
import { MergeFields } from './MergeFields.tsx';
import { PlanList } from './PlanList.tsx';
import { usePlanSettings } from './plan-settings.ts';
import { RuleList } from './RuleList.tsx';
import type { DuplicateActions } from './use-duplicate-actions.ts';
import { mayRead, mayWrite, usePlanFolders } from './use-file-leave.ts';
import { usePlan } from './use-plan.ts';
import './plan.css';

/** Names of photos that stay are told of so many. */
const mostNames = 5;

/** A dry run: what would be removed, by decisions and rules; then, on request, it is. */
export function PlanDialog({
  tier,
  sensitivity,
  scope,
  decided,
  actions,
  onClose,
}: {
  readonly tier: DecidedTier;
  readonly sensitivity: number;
  readonly scope: DuplicateScope;
  /** Photos that the person has decided on. */
  readonly decided: number;
  readonly actions: DuplicateActions;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [settings, change] = usePlanSettings();
  const [by, setBy] = useState<'decisions' | 'rules'>(decided > 0 ? 'decisions' : 'rules');
  const [undone, setUndone] = useState<'outdated' | 'stopped' | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [exceptions, setExceptions] = useState<readonly GroupException[]>([]);
  const request: DuplicatePlanRequest = {
    rules: by === 'rules' ? settings.rules : null,
    tiers: [tier],
    sensitivity,
    scope,
    merge: settings.merge,
    stays: exceptions.flatMap(({ stays }) => stays),
  };
  const made = usePlan(request, attempt);
  const plan = made?.plan ?? null;
  const places = usePlanFolders(plan);
  const files = places?.files ?? 0;
  const [chosen, setChosen] = useState<FilesChoice>('leave');
  const [confirming, setConfirming] = useState(false);
  const [refused, setRefused] = useState<'noLeave' | 'noLook' | null>(null);
  const [isApplying, setIsApplying] = useState(false);
  const choice = files === 0 ? 'leave' : chosen;
  const isReady = made?.isCurrent === true && places?.isCurrent === true;
  const apply = async () => {
    if (plan === null || places === null || !isReady || isApplying) return;
    setConfirming(false);
    // Asked first: browsers answer only in a click.
    if (choice !== 'leave') {
      if (!(await mayWrite(places.folders))) return setRefused('noLeave');
      if (!(await mayRead(places.keptIn))) return setRefused('noLook');
    }
    setUndone(null);
    setIsApplying(true);
    const result = await actions.apply(request, plan.fingerprint, choice).finally(() => setIsApplying(false));
    if (result?.kind === 'outdated' || result?.kind === 'stopped') {
      setUndone(result.kind);
      setAttempt(attempt + 1);
    } else {
      onClose();
    }
  };
  const count = plan?.entries.length ?? 0;
  return (
    <Dialog
      title={t('duplicates.dryRun')}
      isOpen
      onClose={onClose}
      size="large"
      footer={
        <>
          {/* In sight whatever is changed above. */}
          <p className="plan__sum" role="status">
            {plan !== null &&
              (count === 0
                ? t('duplicates.planNothing')
                : t('duplicates.planSum', { count, bytes: format.bytes(plan.bytes) }))}
          </p>
          <Button onPress={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={count === 0 || isApplying || !isReady}
            onPress={() => (choice === 'delete' ? setConfirming(true) : void apply())}
          >
            {t('duplicates.apply')}
          </Button>
        </>
      }
    >
      <div className="plan">
        {isApplying && <FileWork />}
        <Segmented
          label={t('duplicates.what')}
          value={by}
          size="wide"
          options={[
            { value: 'decisions', label: t('duplicates.byDecisions') },
            { value: 'rules', label: t('duplicates.byRules') },
          ]}
          onChange={setBy}
        />
        {by === 'rules' && (
          <section className="plan__part">
            <h3>{t('duplicates.rules')}</h3>
            <RuleList rules={settings.rules} onChange={(rules) => change({ rules })} />
          </section>
        )}
        {by === 'rules' && (
          <ExceptionList
            exceptions={exceptions}
            onDrop={(dropped) => setExceptions(exceptions.filter((one) => one !== dropped))}
          />
        )}
        <MergeFields merge={settings.merge} onChange={(merge) => change({ merge })} />
        <section className="plan__part" aria-live="polite">
          {plan !== null && plan.held.length > 0 && (
            <p className="hint">
              {t('duplicates.held', {
                count: plan.held.length,
                names: format.list(plan.held.slice(0, mostNames).map(({ name }) => name)),
              })}
            </p>
          )}
          {undone !== null && <p className="plan__outdated">{t(`duplicates.${undone}`)}</p>}
        </section>
        {plan !== null && count > 0 && (
          <>
            {places !== null && (
              <FileFields request={request} files={files} all={count} choice={choice} onChange={setChosen} />
            )}
            {refused !== null && <p className="plan__outdated">{t(`duplicates.${refused}`)}</p>}
            <PlanList
              plan={plan}
              onException={(entry, kind) => setExceptions(withException(exceptions, plan, entry, kind))}
            />
          </>
        )}
        <Dialog
          title={t('duplicates.deleteTitle', { count: files })}
          isOpen={confirming}
          onClose={() => setConfirming(false)}
          role="alertdialog"
          size="small"
          footer={
            <>
              <Button onPress={() => setConfirming(false)}>{t('ui.cancel')}</Button>
              <Button variant="danger" onPress={() => void apply()}>
                {t('duplicates.deleteFiles')}
              </Button>
            </>
          }
        >
          <p>{t('duplicates.deleteText')}</p>
        </Dialog>
      </div>
    </Dialog>
  );
}
