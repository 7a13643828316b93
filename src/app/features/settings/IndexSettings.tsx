import { useTranslation } from 'react-i18next';
import { exactUpTo } from '../../../core/index/recommended-index.ts';
import type { IndexStatus } from '../../../protocol/library.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { IndexCheckPart } from './IndexCheckPart.tsx';
import { IndexFiles } from './IndexFiles.tsx';

/** How similar photos are found, what it costs, and how well it does. */
export function IndexSettings() {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const index = useEnginePart((state) => state.status.index);
  if (!index.loaded) return <p role="status">{t('settings.indexLoading')}</p>;
  return (
    <>
      {index.pictures === 0 && <p>{t('settings.indexEmpty')}</p>}
      {index.factory === null && index.pictures > 0 && (
        <p>{t('settings.indexExact', { most: format.number(exactUpTo), count: index.pictures })}</p>
      )}
      {index.pictures > 0 && <Figures index={index} />}
      <BuildState index={index} />
      {index.build === null && index.pictures > exactUpTo && (
        <Button icon="retry" onPress={() => void library.rebuildIndex()}>
          {t(index.factory === null ? 'settings.indexBuild' : 'settings.indexBuildAnew')}
        </Button>
      )}
      {index.pictures > 0 && <IndexCheckPart index={index} />}
      {index.pictures > 0 && <IndexFiles index={index} />}
    </>
  );
}

function Figures({ index }: { readonly index: IndexStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { factory, pictures, tail, bytes, dim, lists, probes, advisedProbes, buildMilliseconds } = index;
  const floats = 4 * dim;
  const rows: (readonly [name: string, value: string])[] = [
    [t('settings.indexKind'), factory ?? t('settings.indexFlat')],
    [t('settings.indexPictures'), format.number(pictures)],
    [t('settings.indexBytes'), format.bytes(bytes)],
    [
      t('settings.indexPerPicture'),
      t('settings.indexInstead', { bytes: format.number(bytes / pictures), floats: format.number(floats) }),
    ],
  ];
  if (factory !== null) {
    rows.push(
      [t('settings.indexTail'), format.number(tail)],
      [
        t('settings.indexProbes'),
        t(probes === advisedProbes ? 'settings.indexProbesAdvised' : 'settings.indexProbesChosen', {
          probes: format.number(probes),
          lists: format.number(lists),
        }),
      ],
    );
    if (buildMilliseconds !== null) {
      rows.push([t('settings.indexBuildTime'), format.duration(buildMilliseconds / 1000)]);
    }
  }
  return (
    <table className="timings">
      <caption className="visually-hidden">{t('settings.index')}</caption>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="numeric">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BuildState({ index }: { readonly index: IndexStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const { build, problem, refused } = index;
  return (
    <>
      {build !== null && (
        <ProgressBar
          label={t('settings.indexBuilding')}
          value={build.share}
          valueText={format.percent(build.share)}
        />
      )}
      <div role="status">
        {build !== null && (
          <p>
            {t('settings.indexBuilding')}: {t(`settings.indexPhase.${build.phase}`)}
          </p>
        )}
        {problem?.code === 'build-failed' && (
          <p>
            {t('settings.indexFailed')} <span className="hint foreign-text">{problem.found}</span>
          </p>
        )}
        {problem?.code === 'storage-full' && <p>{t('settings.indexNotKept')}</p>}
        {refused !== null && (
          <p>
            {t('settings.indexRefused')} <span className="hint foreign-text">{refused.message}</span>
          </p>
        )}
      </div>
      {build !== null && (
        <Button icon="stop" onPress={() => void library.cancelIndexBuild()}>
          {t('settings.indexCancel')}
        </Button>
      )}
    </>
  );
}
