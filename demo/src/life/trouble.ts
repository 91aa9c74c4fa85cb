import type { Harm, Language } from '../perisai.ts';

/** What one person reports; `by` null: somebody without an account. */
export interface Complaint {
  by: string | null;
  harm: Harm;
  language: Language;
  text: string;
}

/** Something that causes trouble, or that somebody only thinks does. With `to` it is a private message. */
export interface Trouble {
  by: string;
  text: string;
  to?: string;
  reports: readonly Complaint[];
}

/** Loud enough for screening to keep back before anybody sees them: none can be reported. Made up, and the links lead nowhere. */
export const withheld: readonly Trouble[] = [
  {
    by: 'rezeki_segera',
    text: 'TAHNIAH! Anda menang RM10,000. Bayar RM50 untuk proses dan tuntut hadiah anda sekarang di https://tebus-hadiah.example/tuntut',
    reports: [],
  },
  {
    by: 'quick_gains',
    text: 'Congratulations, you have won a prize! Your account has been suspended, verify now and claim: https://win-prize.example/claim',
    reports: [],
  },
  { by: 'facai_ge', text: '恭喜您中奖了！您的账户已被冻结，请立即点击 https://zhongjiang.example/lingqu 输入验证码领取奖金', reports: [] },
  {
    by: 'kasu_raja',
    text: 'வாழ்த்துகள்! நீங்கள் பரிசு வென்றுள்ளீர்கள். உங்கள் கணக்கு முடக்கப்பட்டது, உடனே இங்கே கிளிக் செய்யுங்கள்: https://win-prize.example/parisu',
    reports: [],
  },
];

/** Quiet enough to be published, and reported by those who read them; some wrongly, as it happens. */
export const reported: readonly Trouble[] = [
  {
    by: 'rezeki_segera',
    text: 'Cari kawan-kawan yang nak tambah pendapatan. Senang sahaja, bayar sikit di depan, nanti saya ajar caranya.',
    reports: [
      { by: 'mak_jah', harm: 'scam', language: 'ms', text: 'Anak jiran saya sudah bayar yuran, lepas tu senyap.' },
      { by: 'farid_kopi', harm: 'scam', language: 'ms', text: 'Akaun ini ulang iklan sama setiap hari.' },
      { by: 'siti_jalan', harm: 'scam', language: 'ms', text: '' },
      { by: null, harm: 'scam', language: 'ms', text: 'Saya tertipu RM80 minggu lepas oleh orang yang sama.' },
    ],
  },
  {
    by: 'quick_gains',
    text: 'My mentor turned five hundred into five thousand in a week. Ask me how, places in the group are nearly gone.',
    reports: [
      { by: 'ben_cycles', harm: 'scam', language: 'en', text: 'Nobody makes ten times their money in a week.' },
      { by: 'priya_reads', harm: 'scam', language: 'en', text: 'He wrote to my mother with the same words.' },
      { by: 'xiao_mei', harm: 'scam', language: 'zh', text: '我朋友跟着投了钱，现在提不出来。' },
      { by: null, harm: 'scam', language: 'en', text: 'They ask you to send money to a personal account.' },
    ],
  },
  {
    by: 'facai_ge',
    text: '内部消息，稳赚不赔，带你翻身。名额只剩三个，想赚钱的私信我。',
    reports: [
      { by: 'ah_hock', harm: 'scam', language: 'zh', text: '我老婆差点汇钱给他。' },
      { by: 'wei_photo', harm: 'scam', language: 'zh', text: '“稳赚不赔”一听就是骗人的。' },
      { by: null, harm: 'scam', language: 'zh', text: '这个人在别的群也发过一样的话。' },
    ],
  },
  {
    by: 'kasu_raja',
    text: 'வீட்டிலிருந்தே மாதம் ஐயாயிரம் சம்பாதிக்கலாம். சிறிய முன்பணம் மட்டும். விவரத்துக்குத் தனிச் செய்தி அனுப்புங்கள்.',
    reports: [
      { by: 'kavitha_veedu', harm: 'scam', language: 'ta', text: 'என் தங்கை முன்பணம் கொடுத்து ஏமாந்தாள்.' },
      { by: 'muthu_thatha', harm: 'scam', language: 'ta', text: 'இவர் எல்லோருக்கும் இதையே அனுப்புகிறார்.' },
      { by: 'anbu_malar', harm: 'scam', language: 'ta', text: '' },
      { by: null, harm: 'scam', language: 'ta', text: 'பணம் கேட்டுத் தொடர்ந்து தொல்லை தருகிறார்.' },
    ],
  },
  {
    by: 'amir_bola',
    text: 'Penjaga gol pasukan sebelah memang kayu. Nenek saya pun boleh jaring lima gol.',
    reports: [
      { by: 'siti_jalan', harm: 'bullying-hate', language: 'ms', text: 'Tak perlu mengata orang begini.' },
      { by: 'jo_bakes', harm: 'bullying-hate', language: 'en', text: 'This is unkind to the goalkeeper, who is sixteen.' },
    ],
  },
  {
    by: 'quick_gains',
    text: 'Everybody at that cycling club is a fool and should be laughed out of town, starting with Ben.',
    reports: [
      { by: 'ben_cycles', harm: 'bullying-hate', language: 'en', text: 'He follows me from post to post.' },
      { by: 'mak_jah', harm: 'bullying-hate', language: 'ms', text: 'Kasihan Ben, hari-hari diganggu.' },
      { by: 'muthu_thatha', harm: 'bullying-hate', language: 'ta', text: 'ஒருவரைப் பெயர் சொல்லி இழிவுபடுத்துகிறார்.' },
    ],
  },
  {
    by: 'rezeki_segera',
    text: 'Orang yang naik basikal semua menyusahkan, dahlah miskin, berlagak pula. Jangan layan mereka di kedai.',
    reports: [
      { by: 'siti_jalan', harm: 'bullying-hate', language: 'ms', text: 'Menghina orang tanpa sebab.' },
      { by: 'ben_cycles', harm: 'bullying-hate', language: 'en', text: 'He wants shops to turn us away.' },
      { by: 'priya_reads', harm: 'bullying-hate', language: 'en', text: '' },
      { by: 'ah_hock', harm: 'bullying-hate', language: 'zh', text: '骂人，还叫店家不要招呼他们。' },
      { by: 'kavitha_veedu', harm: 'bullying-hate', language: 'ta', text: 'மிதிவண்டி ஓட்டுபவர்களை இழிவுபடுத்துகிறார்.' },
      { by: null, harm: 'bullying-hate', language: 'ms', text: 'Anak saya pun naik basikal ke sekolah.' },
    ],
  },
  {
    by: 'kasu_raja',
    text: 'இந்தப் பக்கத்து வீட்டுக் குடும்பம் எல்லாரும் முட்டாள்கள், யாரும் அவர்களோடு பேசாதீர்கள்.',
    reports: [
      { by: 'anbu_malar', harm: 'bullying-hate', language: 'ta', text: 'எங்கள் குடும்பத்தைப் பற்றிப் பேசுகிறார்.' },
      { by: 'jo_bakes', harm: 'bullying-hate', language: 'en', text: 'A friend told me what this says about her family.' },
    ],
  },
  {
    by: 'facai_ge',
    text: '看这段视频：市长亲口推荐我的投资平台！（画面是电脑做的）',
    reports: [
      { by: 'wei_photo', harm: 'manipulated-media', language: 'zh', text: '嘴形对不上，是合成的视频。' },
      { by: 'priya_reads', harm: 'manipulated-media', language: 'en', text: 'The picture is computer-made, he even says so.' },
      { by: 'ah_hock', harm: 'manipulated-media', language: 'zh', text: '' },
    ],
  },
  {
    by: 'kasu_raja',
    text: 'இந்தப் படத்தைப் பாருங்கள், பிரபல பாடகர் எங்கள் குழுவில் சேர்ந்துவிட்டார்! (படம் கணினியில் செய்யப்பட்டது)',
    reports: [
      { by: 'anbu_malar', harm: 'manipulated-media', language: 'ta', text: 'படம் உண்மையானது அல்ல.' },
      { by: 'kavitha_veedu', harm: 'manipulated-media', language: 'ta', text: 'பாடகர் இதை மறுத்திருக்கிறார்.' },
    ],
  },
  {
    by: 'rezeki_segera',
    text: 'Kalau tak bayar hutang, kami datang beramai-ramai ke kedai awak. Jangan kata tak diberi amaran.',
    reports: [
      { by: 'farid_kopi', harm: 'violence-terrorism', language: 'ms', text: 'Ini ugutan terhadap kedai saya.' },
      { by: 'xiao_mei', harm: 'violence-terrorism', language: 'zh', text: '这是在威胁别人。' },
    ],
  },
  {
    by: 'quick_gains',
    text: 'Any kids here who want free game credits? Message me, and don’t tell your parents.',
    reports: [
      { by: 'xiao_mei', harm: 'child-harm', language: 'zh', text: '他叫小孩不要告诉父母，很可疑。' },
      { by: 'mak_jah', harm: 'child-harm', language: 'ms', text: 'Dia suruh budak berahsia daripada ibu bapa.' },
      { by: 'jo_bakes', harm: 'child-harm', language: 'en', text: 'Please look at this one quickly.' },
      { by: 'anbu_malar', harm: 'child-harm', language: 'ta', text: 'குழந்தைகளைப் பெற்றோரிடம் மறைக்கச் சொல்கிறார்.' },
    ],
  },
  {
    by: 'wei_photo',
    text: '今天在公园拍了一组人像，全部经过本人同意。',
    reports: [{ by: 'facai_ge', harm: 'intimate-image', language: 'zh', text: '我不喜欢这个人。' }],
  },
  {
    by: 'jo_bakes',
    text: 'Selling the last of my raya cookies, thirty ringgit a jar, pick up at my gate only.',
    reports: [{ by: 'quick_gains', harm: 'scam', language: 'en', text: 'Fake cookies.' }],
  },
  {
    by: 'muthu_thatha',
    text: 'பழைய நாணயங்கள் சேகரிக்கிறேன். உங்களிடம் இருந்தால் காட்டுங்கள், விலை பேசலாம்.',
    reports: [{ by: 'kasu_raja', harm: 'scam', language: 'ta', text: 'இவர் ஏமாற்றுகிறார் என்று நினைக்கிறேன்.' }],
  },
  {
    by: 'rezeki_segera',
    to: 'mak_jah',
    text: 'Mak Jah, saya pegawai bank. Tolong hantar nombor TAC yang baru sampai tu.',
    reports: [{ by: 'mak_jah', harm: 'scam', language: 'ms', text: 'Dia minta nombor TAC saya dalam mesej peribadi.' }],
  },
  {
    by: 'kasu_raja',
    to: 'anbu_malar',
    text: 'ஏன் பதில் சொல்லவில்லை? உன் வீடு எங்கே என்று எனக்குத் தெரியும்.',
    reports: [{ by: 'anbu_malar', harm: 'bullying-hate', language: 'ta', text: 'எனக்குப் பயமாக இருக்கிறது.' }],
  },
  {
    by: 'facai_ge',
    to: 'xiao_mei',
    text: '借我五百，明天还你一千，不要告诉别人。',
    reports: [{ by: 'xiao_mei', harm: 'scam', language: 'zh', text: '私信叫我汇钱。' }],
  },
];
