import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecidedTier } from '../../../core/dedup/tiers.ts';
import type { DuplicateScope } from '../../../core/library/duplicate-scope.ts';
import type { DuplicatePlan, DuplicatePlanRequest } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { FileFields, type FilesChoice } from './FileFields.tsx';
import { MergeFields } from './MergeFields.tsx';
import { PlanList } from './PlanList.tsx';
import { usePlanSettings } from './plan-settings.ts';
import { RuleList } from './RuleList.tsx';
import type { DuplicateActions } from './use-duplicate-actions.ts';
import { mayWrite, usePlanFolders } from './use-file-leave.ts';

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
  const [outdated, setOutdated] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const request: DuplicatePlanRequest = {
    rules: by === 'rules' ? settings.rules : null,
    tiers: [tier],
    sensitivity,
    scope,
    merge: settings.merge,
  };
  const plan = usePlan(request, attempt);
  const { folders, files } = usePlanFolders(plan);
  const [chosen, setChosen] = useState<FilesChoice>('leave');
  const [confirming, setConfirming] = useState(false);
  const [refused, setRefused] = useState(false);
  const [isApplying, setIsApplying] = useState(false);
  const choice = files === 0 ? 'leave' : chosen;
  const apply = async () => {
    if (plan === null || isApplying) return;
    setConfirming(false);
    // Asked first: browsers answer only in a click.
    if (choice !== 'leave' && !(await mayWrite(folders))) return setRefused(true);
    setIsApplying(true);
    const result = await actions.apply(request, plan.fingerprint, choice).finally(() => setIsApplying(false));
    if (result?.kind === 'outdated') {
      setOutdated(true);
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
          <Button onPress={onClose}>{t('duplicates.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={count === 0 || isApplying}
            onPress={() => (choice === 'delete' ? setConfirming(true) : void apply())}
          >
            {t('duplicates.apply')}
          </Button>
        </>
      }
    >
      <div className="plan">
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
        <MergeFields merge={settings.merge} onChange={(merge) => change({ merge })} />
        <section className="plan__part" aria-live="polite">
          {plan !== null && (
            <p className="plan__sum">
              {count === 0
                ? t('duplicates.planNothing')
                : t('duplicates.planSum', { count, bytes: format.bytes(plan.bytes) })}
            </p>
          )}
          {outdated && <p className="plan__outdated">{t('duplicates.outdated')}</p>}
        </section>
        {plan !== null && count > 0 && (
          <>
            <FileFields request={request} files={files} all={count} choice={choice} onChange={setChosen} />
            {refused && <p className="plan__outdated">{t('duplicates.noLeave')}</p>}
            <PlanList plan={plan} />
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
              <Button onPress={() => setConfirming(false)}>{t('duplicates.cancel')}</Button>
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

/** The dry run of a request; null while it is made. */
function usePlan(request: DuplicatePlanRequest, attempt: number): DuplicatePlan | null {
  const library = useLibrary();
  const [plan, setPlan] = useState<{ key: string; plan: DuplicatePlan } | null>(null);
  const key = `${attempt} ${JSON.stringify(request)}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the request says
  useEffect(() => {
    let wanted = true;
    library.planDuplicates(request).then(
      (answer) => {
        if (wanted) setPlan({ key, plan: answer });
      },
      (error: unknown) => {
        if (!(error instanceof WorkerDied)) throw error;
      },
    );
    return () => {
      wanted = false;
    };
  }, [library, key]);
  return plan?.key === key ? plan.plan : null;
}
