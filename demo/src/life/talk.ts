/** An ordinary post with what is said under it: `[handle, text]`. */
export interface Talk {
  by: string;
  text: string;
  comments: readonly (readonly [string, string])[];
}

/** The harmless life of the day: breakfast, football, books, rain. */
export const talk: readonly Talk[] = [
  {
    by: 'mak_jah',
    text: 'Pagi ni nasi lemak saya habis pukul lapan! Terima kasih semua. Esok saya masak lebih.',
    comments: [
      ['farid_kopi', 'Sambal Mak Jah memang tak ada lawan.'],
      ['jo_bakes', 'I came at nine and cried a little. Save me one tomorrow?'],
      ['xiao_mei', '明天我六点就去排队！'],
    ],
  },
  {
    by: 'farid_kopi',
    text: 'Soalan penting: kopi O kaw atau teh tarik untuk hujan-hujan begini?',
    comments: [
      ['amir_bola', 'Teh tarik, buih tebal.'],
      ['muthu_thatha', 'எனக்கு எப்போதும் காப்பிதான்.'],
      ['ah_hock', '当然是咖啡乌，厚厚的。'],
      ['ben_cycles', 'Both. It is raining twice.'],
    ],
  },
  {
    by: 'siti_jalan',
    text: 'Baru balik dari Taiping. Taman Tasik lepas hujan memang cantik, kabus sampai ke air.',
    comments: [
      ['wei_photo', '几点去的光线最好？'],
      ['priya_reads', 'Adding this to my list for the long weekend.'],
    ],
  },
  {
    by: 'amir_bola',
    text: 'Malam ni main futsal pukul sembilan, gelanggang belakang pasar. Cukup orang tak?',
    comments: [
      ['farid_kopi', 'Saya jaga gol, macam biasa.'],
      ['ben_cycles', 'Count me in if my knee agrees.'],
    ],
  },
  {
    by: 'ben_cycles',
    text: 'Rode to Hulu Langat before sunrise. Forty kilometres, two punctures, one very good roti telur.',
    comments: [
      ['siti_jalan', 'Dua kali pancit pun masih senyum!'],
      ['jo_bakes', 'The roti telur is the real reason, admit it.'],
    ],
  },
  {
    by: 'priya_reads',
    text: 'Book swap on Saturday at the community library, two to five. Bring one, take one. Children’s books especially welcome.',
    comments: [
      ['kavitha_veedu', 'தமிழ்ப் புத்தகங்களும் இருக்குமா?'],
      ['mak_jah', 'Saya bawa buku masakan lama.'],
      ['priya_reads', 'Yes! A whole table for Tamil and one for Chinese.'],
    ],
  },
  {
    by: 'jo_bakes',
    text: 'Pandan chiffon attempt number six: it did not collapse. I repeat, it did not collapse.',
    comments: [
      ['anbu_malar', 'வாழ்த்துகள்! செய்முறையைப் பகிருங்கள்.'],
      ['mak_jah', 'Rahsianya jangan buka oven awal-awal.'],
    ],
  },
  {
    by: 'ah_hock',
    text: '今早巴刹的菜心很新鲜，还买到了山里的野生芒果，酸酸甜甜。',
    comments: [
      ['xiao_mei', '阿福叔，芒果还有吗？'],
      ['kavitha_veedu', 'மாங்காய் ஊறுகாய் செய்யலாமே!'],
    ],
  },
  {
    by: 'xiao_mei',
    text: '女儿第一次自己骑脚车，从家门口骑到路口，整条街都在拍手。',
    comments: [
      ['ben_cycles', 'The best ride of the year, hands down.'],
      ['mak_jah', 'Alhamdulillah, hebat anak awak.'],
    ],
  },
  {
    by: 'wei_photo',
    text: '昨晚在独立广场拍了长曝光，车灯像河一样流过去。',
    comments: [['siti_jalan', 'Cantiknya! Guna tripod apa?']],
  },
  {
    by: 'kavitha_veedu',
    text: 'இன்று மாலை கோயில் அன்னதானத்துக்கு உதவி தேவை. நேரம் உள்ளவர்கள் ஐந்து மணிக்கு வாருங்கள்.',
    comments: [
      ['anbu_malar', 'நானும் அம்மாவும் வருகிறோம்.'],
      ['jo_bakes', 'I can bring dessert for fifty.'],
    ],
  },
  {
    by: 'muthu_thatha',
    text: 'அறுபது வருடம் முன்பு இந்தத் தெருவில் ஒரு மாட்டு வண்டி நிலையம் இருந்தது. யாருக்காவது நினைவிருக்கிறதா?',
    comments: [
      ['ah_hock', '记得！旁边是我爸爸的咖啡店。'],
      ['farid_kopi', 'Atuk saya pun cerita pasal tu.'],
    ],
  },
  {
    by: 'anbu_malar',
    text: 'என் மல்லிகைச் செடி முதல் முறையாகப் பூத்தது. வீடு முழுவதும் மணம்.',
    comments: [['priya_reads', 'There is nothing like it after rain.']],
  },
];

/** Friendly private messages: `[from, to, text]`. */
export const letters: readonly (readonly [string, string, string])[] = [
  ['farid_kopi', 'amir_bola', 'Jangan lupa bawa bola malam ni.'],
  ['xiao_mei', 'ah_hock', '阿福叔，明天帮我留两公斤芒果好吗？'],
  ['anbu_malar', 'kavitha_veedu', 'அக்கா, எத்தனை மணிக்கு வர வேண்டும்?'],
  ['jo_bakes', 'priya_reads', 'I have four cookbooks for the swap. Too many?'],
];
