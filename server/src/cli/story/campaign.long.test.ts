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

test('a scam campaign of 300 posts of 40 accounts is decided as one by two people, and carried out to the last post', async () => {
  await tellCampaign(stage, cast, { posts: 300, accounts: 40 });
});
