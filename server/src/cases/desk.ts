import type { Harm } from '@perisai/screening';
import desksFile from '../../../catalogue/desks.json' with { type: 'json' };
import { type Language, languages } from '../foundation/i18n/language.ts';

/** A named queue: which harms and languages come to it. Null: any. */
export interface WorkDesk {
  readonly id: string;
  readonly harms: readonly Harm[] | null;
  readonly languages: readonly Language[] | null;
  readonly name: Readonly<Record<Language, string>>;
}

/** In the order in which a case looks for its own; the last takes everything. */
export const desks = desksFile.desks as unknown as readonly WorkDesk[];

export function deskNamed(id: string): WorkDesk | undefined {
  return desks.find((desk) => desk.id === id);
}

/** Where a case lies that nobody has handed anywhere: the first desk that has its harm and its language. */
export function deskOf({ harm, language }: { readonly harm: Harm; readonly language: Language }): WorkDesk {
  return desks.find((desk) => comesTo(desk, harm, language)) as WorkDesk;
}

function comesTo(desk: WorkDesk, harm: Harm, language: Language): boolean {
  return (desk.harms === null || desk.harms.includes(harm)) && (desk.languages === null || desk.languages.includes(language));
}

/** Harm and language of everything that comes to a desk by itself, as `harm/language`: what the queue asks the database for. */
export function comingTo(desk: WorkDesk, harms: readonly Harm[]): string[] {
  return harms.flatMap((harm) =>
    languages.filter((language) => deskOf({ harm, language }).id === desk.id).map((language) => `${harm}/${language}`),
  );
}

/** Who may work at a desk: who speaks one of its languages. */
export function worksAt(member: { readonly languages: readonly Language[] }, desk: WorkDesk): boolean {
  return desk.languages === null || desk.languages.some((language) => member.languages.includes(language));
}
