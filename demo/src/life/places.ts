import type { AttachmentName } from '../places/attachments.ts';
import type { Complaint } from './trouble.ts';

/** Somebody says something: who, and what. */
type Said = readonly [string, string];

/** A group with those who sit in it and what they say there. */
export const groups: readonly { by: string; text: string; members: readonly string[]; posts: readonly Said[] }[] = [
  {
    by: 'mak_jah',
    text: 'Dapur Kampung\nResipi lama, orang baharu.',
    members: ['jo_bakes', 'xiao_mei', 'kavitha_veedu'],
    posts: [
      ['mak_jah', 'Siapa ada acuan kuih bahulu besi? Nak pinjam dua hari.'],
      ['jo_bakes', 'Mine is from my grandmother. You can have it on Friday.'],
      ['kavitha_veedu', 'எனக்கும் அந்தச் செய்முறை வேண்டும்!'],
    ],
  },
  {
    by: 'wei_photo',
    text: '拍照小组\n每周一个题目。',
    members: ['siti_jalan', 'ben_cycles'],
    posts: [['wei_photo', '这个星期的题目：下雨天的颜色。']],
  },
];

/** A live session, scene by scene; the last one ends by itself. */
export const lives: readonly { by: string; text: string; scenes: readonly string[]; ends: boolean }[] = [
  {
    by: 'farid_kopi',
    text: 'Cara buat kopi tarik',
    scenes: ['Air mesti betul-betul mendidih.', 'Tarik tinggi-tinggi, jangan takut tumpah.', 'Siap! Jumpa esok.'],
    ends: true,
  },
  { by: 'jo_bakes', text: 'Baking bread on a rainy day', scenes: ['Flour, water, salt. And patience.'], ends: false },
];

/** Advertisements, and who reports them. */
export const ads: readonly { by: string; text: string; link: string; reports: readonly Complaint[] }[] = [
  { by: 'ben_cycles', text: 'Bells for bicycles, hand made in Klang.', link: 'https://loceng-basikal.example/', reports: [] },
  {
    by: 'rezeki_segera',
    text: 'Kurus lima kilo dalam tiga hari, tanpa senaman. Untuk semua umur!',
    link: 'https://kurus-pantas.example/',
    reports: [{ by: 'siti_jalan', harm: 'child-harm', language: 'ms', text: 'Anak saudara saya nak beli benda ini.' }],
  },
];

/** What people search for. */
export const searches: readonly Said[] = [
  ['siti_jalan', 'kopi'],
  ['amir_bola', 'kopi'],
  ['priya_reads', 'bread'],
  ['xiao_mei', '下雨'],
  ['ah_hock', '下雨'],
];

/** The file that every drill uses: harmless, and found by its hash before anybody sees it. */
export const drill: { by: string; text: string; attachment: AttachmentName } = {
  by: 'quick_gains',
  text: 'A file for a drill.',
  attachment: 'drill-csam',
};
