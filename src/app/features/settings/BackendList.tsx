import { useTranslation } from 'react-i18next';
import type { BackendRefusalCode, BackendReport } from '../../../protocol/inference.ts';
import { useFormat } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { backendName } from './backend-text.ts';

/** The ways to run the model: which one is in use, why the others are not, and how each did. */
export function BackendList({
  reports,
  active,
}: {
  readonly reports: readonly BackendReport[];
  readonly active: BackendReport | null;
}) {
  const { t } = useTranslation();
  return (
    <ul className="backends" aria-label={t('settings.backends')}>
      {reports.map((report) => {
        const used = active !== null && sameBackend(report, active);
        return (
          <li key={`${report.config.backend} ${report.config.threads}`} className="backends__item">
            <Icon name={used ? 'check' : 'minus'} size={18} />
            <div>
              <p className="backends__name">
                {backendName(t, report.config)}
                {used && <span className="backends__mark">{t('settings.active')}</span>}
              </p>
              {!used && report.refusal !== null && <p>{t(`errors.backend.${report.refusal}`)}</p>}
              <Figures report={report} />
              {report.refusal !== null && inForeignWords.has(report.refusal) && report.detail !== '' && (
                <p className="hint foreign-text">{report.detail}</p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** Refusals whose detail is a name or somebody else's message; the others say all in the page's language. */
const inForeignWords: ReadonlySet<BackendRefusalCode> = new Set(['session', 'software-adapter']);

function sameBackend(a: BackendReport, b: BackendReport): boolean {
  return a.config.backend === b.config.backend && a.config.threads === b.config.threads;
}

function Figures({ report }: { readonly report: BackendReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { millisecondsPerPicture, selfTest } = report;
  return (
    <>
      {millisecondsPerPicture !== null && (
        <p className="hint numeric">
          {t('settings.speed', {
            milliseconds: format.number(millisecondsPerPicture, millisecondsPerPicture < 10 ? 1 : 0),
          })}
        </p>
      )}
      {selfTest !== null && (
        <details className="hint">
          <summary className="backends__test">{t('settings.selfTestFigures')}</summary>
          <p className="numeric">
            {t('settings.selfTest', {
              cosine: selfTest.cosine.toFixed(5),
              difference: selfTest.scoreDifference.toFixed(4),
            })}
          </p>
        </details>
      )}
    </>
  );
}
