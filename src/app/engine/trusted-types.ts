/** The part of the Trusted Types API that is used here; not in TypeScript's DOM library yet. */
interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

function sameOriginOnly(url: string): string {
  const resolved = new URL(url, document.baseURI);
  if (resolved.origin !== location.origin) {
    throw new TypeError(`Script address found: ${resolved.origin}; expected: this app's own origin.`);
  }
  return resolved.href;
}

const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
const policy = factory?.createPolicy('picsift', { createScriptURL: sameOriginOnly });

/**
 * An address that may be given to `new Worker` and `serviceWorker.register` under enforced Trusted Types. Throws if it
 * leads to another origin.
 */
export function trustedScriptUrl(url: string): string {
  // Where Trusted Types exist the value is a TrustedScriptURL; the DOM types know strings only.
  return (policy?.createScriptURL(url) ?? sameOriginOnly(url)) as string;
}
