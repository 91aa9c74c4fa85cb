import { html } from '../foundation/html/html.ts';
import { publicPage } from '../foundation/html/page.ts';
import type { ErrorPage } from '../foundation/http/refusals.ts';
import { texts } from '../foundation/i18n/texts.ts';

const words = texts({
  ms: {
    gone: 'Kami tidak jumpa halaman ini',
    'gone.text': 'Pautan mungkin tidak lengkap. Buka semula pautan daripada notis yang kami hantar kepada anda.',
    refused: 'Ini tidak boleh dibuka',
    'refused.text': 'Halaman mungkin sudah lama terbuka. Kembali, muat semula halaman dan cuba lagi.',
    busy: 'Sebentar lagi, cuba semula',
    'busy.text': 'Terlalu ramai orang sedang menunggu. Apa yang anda hantar sebelum ini tidak hilang.',
    broken: 'Ada yang tidak kena di pihak kami',
    'broken.text': 'Apa yang sudah anda hantar disimpan. Cuba lagi sebentar lagi. Jika masih gagal, sebutkan nombor ini:',
  },
  en: {
    gone: 'We cannot find this page',
    'gone.text': 'The link may not be whole. Open it again from the notice that we sent you.',
    refused: 'This cannot be opened',
    'refused.text': 'The page may have been open for long. Go back, load it again and try once more.',
    busy: 'Please try again in a moment',
    'busy.text': 'Too many people are waiting just now. What you sent before is not lost.',
    broken: 'Something went wrong on our side',
    'broken.text': 'What you have sent is kept. Try again in a moment. If it stays, name this number:',
  },
  zh: {
    gone: '找不到这个页面',
    'gone.text': '链接可能不完整。请从我们发给您的通知中重新打开。',
    refused: '无法打开',
    'refused.text': '页面可能打开太久了。请返回，重新载入后再试。',
    busy: '请稍后再试',
    'busy.text': '现在等候的人太多。您之前提交的内容不会丢失。',
    broken: '我们这边出了问题',
    'broken.text': '您提交的内容已保存。请稍后再试。如果仍然不行，请告诉我们这个编号：',
  },
  ta: {
    gone: 'இந்தப் பக்கம் கிடைக்கவில்லை',
    'gone.text': 'இணைப்பு முழுமையாக இல்லாமல் இருக்கலாம். நாங்கள் அனுப்பிய அறிவிப்பிலிருந்து மீண்டும் திறக்கவும்.',
    refused: 'இதைத் திறக்க முடியாது',
    'refused.text': 'பக்கம் நீண்ட நேரம் திறந்திருக்கலாம். திரும்பிச் சென்று, மீண்டும் ஏற்றி முயலுங்கள்.',
    busy: 'சிறிது நேரத்தில் மீண்டும் முயலுங்கள்',
    'busy.text': 'இப்போது பலர் காத்திருக்கிறார்கள். நீங்கள் முன்பு அனுப்பியது தொலையாது.',
    broken: 'எங்கள் பக்கத்தில் ஏதோ தவறு',
    'broken.text': 'நீங்கள் அனுப்பியது சேமிக்கப்பட்டுள்ளது. சிறிது நேரத்தில் முயலுங்கள். தொடர்ந்தால் இந்த எண்ணைச் சொல்லுங்கள்:',
  },
});

/** A refusal as a page for people: what happened, what was kept, what to do. */
export const errorPage: ErrorPage = ({ status, requestId }, language) => {
  const say = words(language);
  const kind = status === 404 ? 'gone' : status === 429 || status === 503 ? 'busy' : status >= 500 ? 'broken' : 'refused';
  return publicPage({
    language,
    title: say(kind),
    path: '/',
    body: html`<p class="lead">${say(`${kind}.text`)}</p>${kind === 'broken' ? html`<p class="code">${requestId}</p>` : null}`,
  }).toString();
};
