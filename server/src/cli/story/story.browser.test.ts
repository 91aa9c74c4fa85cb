import { expect, test } from 'vitest';
import { openBrowser } from '../../../test/browser.ts';
import { playInBrowser } from '../../../test/browser-story.ts';
import { buildStage } from '../stage.ts';

test('people live the whole loop in their browsers, through Warung’s pages and the staff pages, and none runs a script', async () => {
  const stage = await buildStage({ origin: 'demo/story' });
  const browser = await openBrowser();
  const seen: string[] = [];
  try {
    await playInBrowser(stage, browser, async (_page, name) => void seen.push(name));
    expect(seen).toEqual(['warung-withheld', 'warung-inbox', 'warung-report', 'warung-restored']);
  } finally {
    await browser.close();
    await stage.stop();
  }
}, 120_000);
