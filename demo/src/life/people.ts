import type { Language } from '../perisai.ts';

/** Who sits at Warung on the seeded day. All made up. */
export const people: readonly { handle: string; name: string; language: Language }[] = [
  { handle: 'mak_jah', name: 'Mak Jah', language: 'ms' },
  { handle: 'farid_kopi', name: 'Farid Kopi', language: 'ms' },
  { handle: 'siti_jalan', name: 'Siti Suka Jalan', language: 'ms' },
  { handle: 'amir_bola', name: 'Amir Bola', language: 'ms' },
  { handle: 'rezeki_segera', name: 'Rezeki Segera', language: 'ms' },
  { handle: 'ben_cycles', name: 'Ben Cycles', language: 'en' },
  { handle: 'priya_reads', name: 'Priya Reads', language: 'en' },
  { handle: 'jo_bakes', name: 'Jo Bakes', language: 'en' },
  { handle: 'quick_gains', name: 'Quick Gains', language: 'en' },
  { handle: 'ah_hock', name: '阿福老爸', language: 'zh' },
  { handle: 'xiao_mei', name: '小美', language: 'zh' },
  { handle: 'wei_photo', name: '伟伟拍照', language: 'zh' },
  { handle: 'facai_ge', name: '发财哥', language: 'zh' },
  { handle: 'kavitha_veedu', name: 'கவிதா வீடு', language: 'ta' },
  { handle: 'muthu_thatha', name: 'முத்து தாத்தா', language: 'ta' },
  { handle: 'anbu_malar', name: 'அன்பு மலர்', language: 'ta' },
  { handle: 'kasu_raja', name: 'காசு ராஜா', language: 'ta' },
];
