import type { Desk } from '../frame.ts';

/** A public page that fulfils something. */
export type PublicPlace = '/guidelines' | '/report/status';

/** What Perisai has for an obligation, as it is today. */
export type Fulfilled =
  | { readonly state: 'whole'; readonly at: Places }
  | { readonly state: 'partly'; readonly at: Places; readonly lacks: { readonly ms: string; readonly en: string } }
  | { readonly state: 'missing' };

interface Places {
  readonly desks: readonly Desk[];
  readonly pages?: readonly PublicPlace[];
  /** Pages of the documentation, and what the command line does. */
  readonly docs?: readonly string[];
}

const missing: Fulfilled = { state: 'missing' };
const partly = (at: Places, ms: string, en: string): Fulfilled => ({ state: 'partly', at, lacks: { ms, en } });
/**
 * What fulfils each obligation of the catalogue. Said by hand, and no better than it is: whoever builds what a row lacks changes the row. An
 * obligation without a row, and a row that leads nowhere, fail a test.
 */
export const fulfilled: Readonly<Record<string, Fulfilled>> = {
  'SCOPE-1': { state: 'whole', at: { desks: ['counts'], docs: ['docs/how-to/set-up.md'] } },
  'US-1': { state: 'whole', at: { desks: ['queue', 'rules', 'enforcement'] } },
  'US-2': partly(
    { desks: ['rules'] },
    'Belum ada: semakan berkala alat pengesan, dengan tandatangan dan tarikh seterusnya.',
    'Not there yet: regular reviews of the detectors, signed, with the next date.',
  ),
  'US-3': partly(
    { desks: ['queue', 'staff'] },
    'Belum ada: waktu bekerja, jurang liputan, latihan dan mod krisis.',
    'Not there yet: hours, gaps in cover, training and a mode for a crisis.',
  ),
  'US-4': missing,
  'US-5': partly(
    { desks: ['queue'], pages: ['/guidelines'] },
    'Akaun yang mungkin kembali dijumpai dan diputuskan oleh orang. Belum ada: bilangannya; menolak pendaftaran ialah kerja platform.',
    'An account that may have come back is found, and a person decides. Not there yet: how many; refusing to register it is for the platform.',
  ),
  'US-6': missing,
  'US-7': missing,
  'US-8': partly(
    { desks: ['policy'], pages: ['/guidelines'] },
    'Belum ada: jam bagi maklumat keselamatan yang diminta.',
    'Not there yet: the clock of safety information that was asked for.',
  ),
  'US-9': { state: 'whole', at: { desks: ['clocks'], docs: ['docs/reference/promises.md'] } },
  'US-10': {
    state: 'whole',
    at: { desks: ['queue', 'clocks', 'inquiries'], pages: ['/report/status'], docs: ['docs/reference/promises.md'] },
  },
  'US-11': { state: 'whole', at: { desks: ['queue', 'enforcement', 'clocks'], docs: ['docs/reference/outcomes.md'] } },
  'US-11b': { state: 'whole', at: { desks: ['queue', 'inquiries'], docs: ['docs/reference/outcomes.md'] } },
  'US-12': { state: 'whole', at: { desks: ['instructions', 'clocks'] } },
  'CS-1': missing,
  'CS-2': missing,
  'CS-3': partly(
    { desks: [], pages: ['/report/status'] },
    'Ada talian bantuan sahaja; tetapan untuk kanak-kanak belum ada.',
    'Help lines only; settings for children are not there yet.',
  ),
  'CS-4': missing,
  'CS-5': missing,
  'CS-6': partly(
    { desks: ['queue'] },
    'Ibu bapa boleh melapor; belum ada: melindungi pelapor daripada melihatnya lagi, dan daftar pendapat.',
    'Parents can report; not there yet: sparing them what they reported, and the registers of opinions.',
  ),
  'RM-1': missing,
  'RM-2': missing,
  'RM-3': partly(
    { desks: ['flaggers'] },
    'Belum ada: pertukaran isyarat, rundingan dan insiden.',
    'Not there yet: exchange of signals, consultations and incidents.',
  ),
  'RM-4': partly(
    { desks: ['queue', 'rules'] },
    'Boleh dilabelkan dan diturunkan; belum ada: pengesahan pengiklan dan semakan pengesyor.',
    'It can be labelled and shown further down; not there yet: verified advertisers and reviews of the recommender.',
  ),
  'AC-1': { state: 'whole', at: { desks: [], docs: ['docs/reference/records.md'] } },
  'AC-2': missing,
  'AC-3': missing,
  'AC-4': missing,
  'AC-5': missing,
  'AC-6': missing,
  'AC-7': partly(
    { desks: [], docs: ['docs/reference/cleanup.md'] },
    'Data boleh dihapuskan bersama kuncinya; belum ada: kerja semasa kebocoran data.',
    'Data is erased with its key; not there yet: what to do in a breach.',
  ),
  'AC-8': missing,
};
