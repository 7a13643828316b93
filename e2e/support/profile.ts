import { type BrowserContext, chromium, type TestInfo } from '@playwright/test';

type ProfileOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

/** A browser of its own, whose profile outlives it: launched again, it has what was stored. */
export function launchProfile(
  { project }: TestInfo,
  profile: string,
  options: ProfileOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    ...project.use.launchOptions,
    locale: 'en-GB',
    ...options,
  });
}
