import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openReceiver, type Receiver } from '../../../test/receiver.ts';
import { deliver } from './webhook.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const message = { id: '01936f2a-7c25-7a4b-9c5d-0e1f2a3b4c5d', body: '{"type":"notice.issued","data":{}}' };

let receiver: Receiver;
let elsewhere: Receiver;
beforeAll(async () => {
  [receiver, elsewhere] = [await openReceiver(), await openReceiver()];
});
afterAll(() => Promise.all([receiver.close(), elsewhere.close()]));
beforeEach(() => {
  receiver.answer = (_heard, response) => void response.writeHead(204).end();
});

const send = (timeoutMs?: number) => deliver(message, { url: receiver.url, secrets: [secret] }, timeoutMs);

test('a webhook is signed as Standard Webhooks say, over the bytes that are sent', async () => {
  let verified: unknown;
  receiver.answer = (heard, response, request) => {
    const headers = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(request.headers[name])]),
    );
    verified = new Webhook(secret).verify(heard.raw, headers);
    response.writeHead(204).end();
  };
  expect(await send()).toMatchObject({ taken: true, status: 204, signed: null });
  expect(verified).toEqual(JSON.parse(message.body));
});

test('a redirect is refused, and nothing is sent where it points', async () => {
  receiver.answer = (_heard, response) => void response.writeHead(307, { location: elsewhere.url }).end();
  expect(await send()).toMatchObject({ taken: false, status: 307, failure: 'HTTP 307: redirects are not followed' });
  expect(elsewhere.heard).toEqual([]);
});

test('a receiver that says 410 wants nothing ever again; another error may be over soon, and may say when', async () => {
  receiver.answer = (_heard, response) => void response.writeHead(410).end();
  expect(await send()).toMatchObject({ taken: false, forGood: true, failure: 'HTTP 410' });
  receiver.answer = (_heard, response) => void response.writeHead(503, { 'retry-after': '120' }).end('later');
  expect(await send()).toMatchObject({ taken: false, forGood: false, retryAfterMs: 120_000, answer: 'later' });
});

test('a receiver that is slower than the limit has not taken it: neither one that says nothing, nor one whose answer does not end', async () => {
  receiver.answer = () => undefined;
  expect(await send(60)).toMatchObject({ taken: false, status: null, failure: 'TimeoutError' });
  receiver.answer = (_heard, response) => void response.writeHead(200).write('a beginning');
  expect(await send(60)).toMatchObject({ taken: false, status: null, failure: 'TimeoutError' });
});

test('of an answer without end 64 KiB are read, it is taken, and counts as unsigned', async () => {
  const left = Promise.withResolvers<void>();
  receiver.answer = (_heard, response) => {
    response.on('close', () => left.resolve());
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16_384)));
    };
    response.on('drain', more);
    more();
  };
  const delivery = await send();
  expect(delivery).toMatchObject({ taken: true, signed: null });
  expect(delivery.answer).toHaveLength(64 * 1024);
  await left.promise;
});

test('an answer that carries the signature of the same secret is read; one with another is not', async () => {
  const said = '{"action":"a","target_seq":1,"state":"removed"}';
  const signedWith = (key: string) => {
    receiver.answer = (heard, response) => {
      const at = new Date();
      response
        .writeHead(200, {
          'webhook-id': heard.id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': new Webhook(key).sign(heard.id, at, said),
        })
        .end(said);
    };
  };
  signedWith(secret);
  expect(await send()).toMatchObject({ taken: true, signed: JSON.parse(said) });
  signedWith(`whsec_${Buffer.alloc(32, 8).toString('base64')}`);
  expect(await send()).toMatchObject({ taken: true, signed: null });
});

test('where nobody listens the failure is the code of the network', async () => {
  const gone = await openReceiver();
  await gone.close();
  expect(await deliver(message, { url: gone.url, secrets: [secret] })).toMatchObject({
    taken: false,
    status: null,
    failure: 'ECONNREFUSED',
  });
});
