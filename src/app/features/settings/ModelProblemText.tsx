import { useTranslation } from 'react-i18next';
import type { ModelProblem } from '../../../protocol/inference.ts';

/** What is wrong with the model, with what was found and expected, and what to do. */
export function ModelProblemText({ problem }: { readonly problem: ModelProblem }) {
  const { t } = useTranslation();
  const { code, file, found, expected } = problem;
  return (
    <div className="foreign-text">
      <p>
        {t(`errors.model.${code}`, { file })} {t(`errors.modelAdvice.${code}`)}
      </p>
      {found !== '' && expected !== '' && (
        <p className="hint">{t('errors.foundExpected', { found, expected })}</p>
      )}
    </div>
  );
}
