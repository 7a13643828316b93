import { useTranslation } from 'react-i18next';

/** Three photos with their tags; a decoration. */
export function WelcomePicture() {
  const { t } = useTranslation();
  return (
    <div className="welcome-picture" aria-hidden="true">
      <figure className="welcome-picture__photo welcome-picture__photo--left">
        <svg viewBox="0 0 120 150" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
          <rect width="120" height="150" fill="#cfd9c4" />
          <path d="M0 96c24-10 44-8 62 2s38 10 58 0v52H0z" fill="#7d9a6b" />
          <path d="M0 118c30-12 50-6 70 0s34 4 50-2v34H0z" fill="#55754c" />
          <path d="M62 112V62" stroke="#5b4634" strokeWidth="4" strokeLinecap="round" />
          <circle cx="62" cy="48" r="27" fill="#6c8f57" />
          <circle cx="47" cy="58" r="16" fill="#7fa368" />
          <circle cx="77" cy="60" r="15" fill="#5f8150" />
        </svg>
        <figcaption className="welcome-picture__tag">{t('shell.exampleTree')}</figcaption>
      </figure>
      <figure className="welcome-picture__photo welcome-picture__photo--right">
        <svg viewBox="0 0 120 150" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
          <rect width="120" height="150" fill="#e9dcc8" />
          <rect y="104" width="120" height="46" fill="#b98f68" />
          <ellipse cx="60" cy="122" rx="38" ry="7" fill="#8e6a49" opacity=".5" />
          <path d="M32 76h50v24a22 22 0 0 1-22 22h-6a22 22 0 0 1-22-22z" fill="#fbf7f0" />
          <path d="M82 82h6a10 10 0 0 1 0 20h-7" fill="none" stroke="#fbf7f0" strokeWidth="6" />
          <ellipse cx="57" cy="76" rx="25" ry="6" fill="#6b4630" />
          <path
            d="M48 60c-5-8 5-10 0-19M62 60c-5-8 5-10 0-19"
            fill="none"
            stroke="#fff"
            strokeWidth="3.5"
            strokeLinecap="round"
            opacity=".8"
          />
        </svg>
        <figcaption className="welcome-picture__tag">{t('shell.exampleCoffee')}</figcaption>
      </figure>
      <figure className="welcome-picture__photo welcome-picture__photo--middle">
        <svg viewBox="0 0 170 140" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
          <rect width="170" height="140" fill="#f3d9b8" />
          <rect width="170" height="70" fill="#f0c59a" />
          <circle cx="112" cy="58" r="21" fill="#fdf0d6" />
          <path d="M0 84L38 42l24 26l22-20l36 36z" fill="#8d7b86" />
          <path d="M38 42l24 26l-14 2l-10-9l-12 8z" fill="#efe6e2" />
          <rect y="82" width="170" height="58" fill="#3f8a8c" />
          <path
            d="M0 96c18-5 30 5 48 0s30 5 48 0s30 5 48 0s18-3 26 0M0 114c18-5 30 5 48 0s30 5 48 0s30 5 48 0s18-3 26 0"
            fill="none"
            stroke="#a9d3ce"
            strokeWidth="3"
            strokeLinecap="round"
          />
        </svg>
        <figcaption className="welcome-picture__tag">{t('shell.exampleSea')}</figcaption>
      </figure>
    </div>
  );
}
