import type { Page } from '@playwright/test';

/** How many pictures move in a window. */
export function playing(page: Page): Promise<number> {
  return page
    .locator('.sitting-tiles video')
    .evaluateAll(
      (videos) =>
        videos.filter((one) => one instanceof HTMLVideoElement && one.videoWidth > 0 && one.currentTime > 0)
          .length,
    );
}
