import { lazy, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndexCheck, IndexStatus } from '../../../protocol/library.ts';
import { useEngineHandle, useEnginePart } from '../../engine/hooks.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';
import { formatScore, useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { workingPoint } from './working-point.ts';

const IndexChart = lazy(() => import('./IndexChart.tsx'));

/** Measures the index on the person's own photos, and lets the person choose between speed and completeness. */
export function IndexCheckPart({ index }: { readonly index: IndexStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const engine = useEngineHandle();
  const [check, setCheck] = useState<IndexCheck | 'running' | 'too-few' | null>(null);
  const result = typeof check === 'object' ? check : null;

  const run = async () => {
    setCheck('running');
    try {
      setCheck((await engine.library.checkIndex()) ?? 'too-few');
    } catch (error) {
      setCheck(null);
      ignoreWorkerDied(error);
    }
  };
  return (
    <>
      <Button icon="check" isDisabled={check === 'running'} onPress={() => void run()}>
        {t('settings.checkStart')}
      </Button>
      <p className="hint" role="status">
        {check === null && t('settings.checkHint')}
        {check === 'running' && t('settings.checkRunning')}
        {check === 'too-few' && t('settings.checkTooFew')}
        {result !== null &&
          t('settings.checkDone', { count: result.sample, pictures: format.number(result.pictures) })}
      </p>
      {result !== null && <CheckResult check={result} index={index} />}
    </>
  );
}

function CheckResult({ check, index }: { readonly check: IndexCheck; readonly index: IndexStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const engine = useEngineHandle();
  const caption = useId();
  const settings = useEnginePart((state) => state.settings);
  const { points } = check;
  const chosen = workingPoint(points, settings.indexProbes ?? index.advisedProbes);
  const milliseconds = (value: number) => format.number(value, value < 1 ? 2 : 1);
  const choose = (probes: number) =>
    void engine.changeSettings({ indexProbes: probes === index.advisedProbes ? null : probes });
  const words = (n: number) => {
    const { probes, recall, median } = points[n]!;
    return t('settings.checkPoint', {
      count: probes,
      recall: formatScore(recall),
      milliseconds: milliseconds(median),
    });
  };
  return (
    <>
      {points.length > 1 && (
        <>
          <Suspense fallback={<div className="index-chart" />}>
            <IndexChart
              points={points}
              chosen={points[chosen]!.probes}
              description={t('settings.checkChart')}
              names={{
                probes: t('settings.checkProbes'),
                recall: t('settings.checkRecall'),
                recallOfCodes: t('settings.checkRecallOfCodes'),
                median: t('settings.checkMedian'),
                p95: t('settings.checkP95'),
              }}
              choose={choose}
            />
          </Suspense>
          <div className="settings__line">
            <span aria-hidden="true">{t('settings.checkWorkingPoint')}</span>
            <Slider
              label={t('settings.checkWorkingPoint')}
              min={0}
              max={points.length - 1}
              value={chosen}
              format={words}
              onChange={(n) => choose(points[n]!.probes)}
            />
          </div>
          <output className="hint">{words(chosen)}</output>
          {settings.indexProbes !== null && (
            <Button onPress={() => choose(index.advisedProbes)}>{t('settings.checkAdvised')}</Button>
          )}
        </>
      )}
      <table className="timings index-check" aria-labelledby={caption}>
        <caption id={caption} className="hint">
          {t('settings.checkTable')}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('settings.checkProbes')}</th>
            <th scope="col">{t('settings.checkRecall')}</th>
            <th scope="col">{t('settings.checkRecallOfCodes')}</th>
            <th scope="col">{t('settings.checkMedian')}</th>
            <th scope="col">{t('settings.checkP95')}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ probes, recall, recallOfCodes, median, p95 }, n) => (
            <tr key={probes} aria-current={points.length > 1 && n === chosen}>
              <th scope="row" className="numeric">
                {probes === 0 ? t('settings.checkAll') : format.number(probes)}
              </th>
              <td className="numeric">{formatScore(recall)}</td>
              <td className="numeric">{formatScore(recallOfCodes)}</td>
              <td className="numeric">{milliseconds(median)}</td>
              <td className="numeric">{milliseconds(p95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
