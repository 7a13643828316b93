/** The mark: photos falling through a sieve, one of them found. */
export function Logo() {
  return (
    <span className="logo">
      <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
        <rect className="logo__back" x="3" y="3" width="13" height="13" rx="3.5" />
        <rect className="logo__middle" x="7.5" y="7.5" width="13" height="13" rx="3.5" />
        <rect className="logo__front" x="12" y="12" width="13" height="13" rx="3.5" />
        <path className="logo__tick" d="M15.6 18.7l2.2 2.2l3.9-4.4" />
      </svg>
      <span className="logo__name">Picsift</span>
    </span>
  );
}
