import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openBrowser } from '../../../test/browser.ts';
import { playInBrowser } from '../../../test/browser-story.ts';
import { buildStage } from '../stage.ts';

// `npm run pictures`: what people see at Warung while the story is played. The machine needs fonts for Tamil and Chinese.
const folder = fileURLToPath(new URL('../../../../docs/pictures/', import.meta.url));

test('the story in pictures', async () => {
  const stage = await buildStage({ origin: 'demo/story' });
  const browser = await openBrowser();
  await mkdir(folder, { recursive: true });
  try {
    await playInBrowser(stage, browser, async (page, name) => {
      const { size } = await sharp(await page.screenshot())
        .png({ palette: true, compressionLevel: 9, effort: 10 })
        .toFile(`${folder}${name}.png`);
      expect(size).toBeLessThan(150 * 1024);
    });
  } finally {
    await browser.close();
    await stage.stop();
  }
}, 120_000);
