import { afterAll, beforeAll, test } from 'vitest';
import { buildStage, type Stage } from '../stage.ts';
import { tellCampaign } from './campaign.ts';
import { type Cast, openCast } from './cast.ts';

let stage: Stage;
let cast: Cast;
beforeAll(async () => {
  stage = await buildStage({ origin: 'demo/story' });
  cast = await openCast(stage);
}, 60_000);
afterAll(() => stage.stop());

test('a scam campaign of more than a hundred posts is decided as one by two people: all of it removed, each author told once, and one appeal gives back theirs alone', async () => {
  await tellCampaign(stage, cast, { posts: 102, accounts: 17 });
}, 180_000);
