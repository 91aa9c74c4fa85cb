import { seeded } from './figures.ts';

/** What the generator sends, by name. Every one of them is made of its number and nothing else, so that a run can be repeated. */
export type RecipeName = 'report' | 'report-same-post' | 'screen';

// Talk of the market and of the weather, in four languages: nothing that screening has an opinion on.
const words: readonly (readonly string[])[] = [
  'hari ini pasar malam dekat stesen ramai orang beli sayur ikan segar murah jual nasi lemak sambal sedap datang bawa keluarga hujan petang jalan sesak'.split(
    ' ',
  ),
  'the market near the station was full of people this evening and fresh vegetables were cheap bring your family before the rain begins'.split(
    ' ',
  ),
  ['今天', '夜市', '很多', '人', '蔬菜', '新鲜', '便宜', '下雨', '之前', '带', '家人', '来', '车站', '旁边', '很', '热闹'],
  ['இன்று', 'சந்தை', 'அருகே', 'மக்கள்', 'காய்கறி', 'மலிவு', 'மழை', 'முன்', 'குடும்பம்', 'வாருங்கள்', 'நிலையம்', 'மாலை'],
];
const languages = ['ms', 'en', 'zh', 'ta'] as const;

/** A harmless text of exactly so many characters (code points), in the language of that number. */
export function textOf(n: number, characters: number): string {
  const random = seeded(n);
  const list = words[n % 4] as readonly string[];
  const blank = n % 4 === 2 ? '' : ' ';
  let text = '';
  let length = 0;
  while (length < characters) {
    const word = `${list[Math.floor(random() * list.length)]}${blank}`;
    text += word;
    length += [...word].length;
  }
  return [...text].slice(0, characters).join('');
}

/** Every report is about a new post; half of the authors and half of the reporters were never seen before. */
function report(n: number, post: number): object {
  const language = languages[n % 4];
  const author = post % 2 === 0 ? `author-${post}` : `author-${post % 1_000}`;
  const account = n % 4 < 2 ? `reporter-${n}` : `reporter-${n % 5_000}`;
  return {
    item: {
      id: `post-${post}`,
      kind: 'post',
      surface: 'public-feed',
      revision: '1',
      author: { id: author, handle: `@${author}`, language: languages[post % 4] },
      text: textOf(post, 280),
      url: `https://warung.example/p/${post}`,
    },
    attested: 'platform',
    harm: 'bullying-hate',
    text: textOf(n + 1, 120),
    language,
    reporter: n % 5 === 0 ? { contact: { email: `reader-${n}@mail.example`, language } } : { account: { id: account, language } },
  };
}

function screen(n: number, characters: number): object {
  return {
    item: {
      id: `post-${n}`,
      kind: 'post',
      surface: 'public-feed',
      revision: '1',
      author: { id: `author-${n % 10_000}`, language: languages[n % 4] },
      text: textOf(n, characters),
    },
  };
}

const recipes: Readonly<Record<RecipeName, { path: string; status: number; body(n: number, characters: number): object }>> = {
  report: { path: '/v1/reports', status: 201, body: (n) => report(n, n) },
  'report-same-post': { path: '/v1/reports', status: 201, body: (n) => report(n, 1) },
  screen: { path: '/v1/screen', status: 200, body: screen },
};

/** The status that a request of this recipe is to be answered with. */
export function expected(recipe: RecipeName): number {
  return recipes[recipe].status;
}

/** The whole request as it goes over the wire. */
export function requestOf(recipe: RecipeName, given: { n: number; characters: number; host: string; token: string }): string {
  const { path, body } = recipes[recipe];
  const text = JSON.stringify(body(given.n, given.characters));
  return [
    `POST ${path} HTTP/1.1`,
    `Host: ${given.host}`,
    `Authorization: Bearer ${given.token}`,
    `Idempotency-Key: ${recipe}-${given.n}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    '',
    text,
  ].join('\r\n');
}
