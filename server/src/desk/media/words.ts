import type { Language } from '../../foundation/i18n/language.ts';
import { staffTexts } from '../../foundation/i18n/texts.ts';

const words = staffTexts({
  ms: {
    'host-unknown': 'hosnya tidak didaftarkan',
    'address-refused': 'alamatnya tidak dibenarkan',
    redirected: 'alamatnya membawa ke tempat lain',
    gone: 'fail itu sudah tiada di sana',
    refused: 'platform tidak memberikannya',
    'too-large': 'lebih besar daripada yang dinyatakan',
    'too-small': 'lebih kecil daripada yang dinyatakan',
    'digest-wrong': 'fail lain, bukan yang dinyatakan',
    slow: 'platform terlalu lambat',
    unreachable: 'hosnya tidak dapat dihubungi',
    broken: 'platform menjawab dengan ralat',
    erased: 'penulisnya sudah dihapuskan',
  },
  en: {
    'host-unknown': 'its host is not registered',
    'address-refused': 'its address is not allowed',
    redirected: 'its address leads elsewhere',
    gone: 'it is not there any more',
    refused: 'the platform does not give it',
    'too-large': 'larger than was said',
    'too-small': 'smaller than was said',
    'digest-wrong': 'another file than was said',
    slow: 'the platform is too slow',
    unreachable: 'its host cannot be reached',
    broken: 'the platform answers with an error',
    erased: 'its author was erased',
  },
});

/** Why a file could not be had, in words. */
export function failureText(reason: string, language: Language): string {
  return words(language)(reason as 'gone');
}
