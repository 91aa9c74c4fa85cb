import clocksFile from '../../../catalogue/clocks.json' with { type: 'json' };
import instrumentsFile from '../../../catalogue/instruments.json' with { type: 'json' };
import obligationsFile from '../../../catalogue/obligations/catalog.json' with { type: 'json' };
import type { Words } from './document.ts';

type Basis = 'prescribed' | 'own' | 'unconfirmed';

/** A law or code that an obligation cites. */
export interface Instrument {
  readonly id: string;
  readonly number: string;
  readonly title: Words;
  /** What could not be read of it. */
  readonly unconfirmed: string | null;
}

/** A figure in an obligation: a period, an age, a number of people. */
export interface Figure {
  readonly value: Words;
  readonly basis: Basis;
  /** What the catalogue of clocks says of it, where it is a period: by which law, on which surfaces, whether it is our own promise on the others, and how that law is read. */
  readonly clock: { readonly law: string; readonly surfaces: readonly string[]; readonly beyond: boolean; readonly reading: string } | null;
}

/** What the law asks of a provider, in our own words. */
export interface Obligation {
  readonly id: string;
  readonly title: Words;
  readonly statement: Words;
  /** Sections of the law. */
  readonly source: string;
  readonly instruments: readonly string[];
  readonly figures: readonly Figure[];
}

interface Prop {
  readonly name: string;
  readonly value: string;
  readonly class?: string;
}
interface Control {
  readonly id: string;
  readonly title: string;
  readonly props: readonly Prop[];
  readonly links: readonly { readonly href: string; readonly rel: string }[];
  readonly parts: readonly { readonly name: string; readonly prose: string; readonly class?: string }[];
  readonly params?: readonly { readonly id: string; readonly values: readonly string[]; readonly props: readonly Prop[] }[];
}
interface Period {
  readonly id: string;
  readonly law: string;
  readonly surfaces?: readonly string[];
  readonly beyond?: string;
  readonly reading: string;
}

const { groups, 'back-matter': back } = obligationsFile.catalog;
const lists = clocksFile as unknown as Readonly<Record<string, readonly Period[]>>;

const plain = (props: readonly Prop[], name: string): string | null =>
  props.find((prop) => prop.name === name && prop.class === undefined)?.value ?? null;

/** English stands in the place that OSCAL has for it, the other languages in props and parts of our own. */
function inLanguages(en: string, others: readonly { readonly class?: string; readonly text: string }[]): Words {
  const of = (language: string) => others.find((other) => other.class === language)?.text ?? en;
  return { ms: of('ms'), en, zh: of('zh'), ta: of('ta') };
}

const translated = (props: readonly Prop[], name: string) =>
  props
    .filter((prop) => prop.name === name)
    .map(({ value, class: language }) => ({ text: value, ...(language ? { class: language } : {}) }));

function figureOf({ values, props }: NonNullable<Control['params']>[number]): Figure {
  const [list = '', id] = plain(props, 'figure')?.split('/') ?? [];
  const period = lists[list]?.find((one) => one.id === id);
  return {
    value: inLanguages(values.join(', '), translated(props, 'value')),
    basis: plain(props, 'basis') as Basis,
    clock: period
      ? {
          law: period.law,
          surfaces: period.surfaces ?? [],
          beyond: period.beyond !== undefined,
          reading: [period.reading, period.beyond].flatMap((text) => text ?? []).join(' '),
        }
      : null,
  };
}

const instrumentOf = new Map(back.resources.map(({ uuid, props }) => [`#${uuid}`, plain(props, 'instrument') as string]));

const controls = groups.flatMap((group) => group.controls as unknown as readonly Control[]);
/** A statement may name a figure of another obligation. */
const figures = new Map(controls.flatMap(({ params = [] }) => params.map((param) => [param.id, figureOf(param)] as const)));

function obligationOf(control: Control): Obligation {
  const statement = control.parts.filter((part) => part.name === 'statement');
  const filled = (prose: string, language: keyof Words) =>
    prose.replaceAll(/\{\{ insert: param, ([^ }]+) \}\}/g, (_, id: string) => (figures.get(id) as Figure).value[language]);
  const words = inLanguages(
    statement.find((part) => part.class === undefined)?.prose ?? '',
    statement.map(({ prose, class: language }) => ({ text: prose, ...(language ? { class: language } : {}) })),
  );
  return {
    id: control.id,
    title: inLanguages(control.title, translated(control.props, 'title')),
    statement: { ms: filled(words.ms, 'ms'), en: filled(words.en, 'en'), zh: filled(words.zh, 'zh'), ta: filled(words.ta, 'ta') },
    source: plain(control.props, 'source') as string,
    instruments: control.links.flatMap(({ href, rel }) => (rel === 'reference' ? [instrumentOf.get(href) as string] : [])),
    figures: (control.params ?? []).map(({ id }) => figures.get(id) as Figure),
  };
}

/** What the law asks, part by part, as `catalogue/obligations` has it. */
export const obligations: readonly { readonly id: string; readonly title: Words; readonly all: readonly Obligation[] }[] = groups.map(
  ({ id, title, props, controls }) => ({
    id,
    title: inLanguages(title, translated(props, 'title')),
    all: (controls as unknown as readonly Control[]).map(obligationOf),
  }),
);

/** The laws and codes that any obligation cites, in the order of the catalogue. */
export const citedInstruments: readonly Instrument[] = (
  instrumentsFile.instruments as readonly (Pick<Instrument, 'id' | 'number' | 'title'> & { readonly unconfirmed?: string })[]
)
  .filter(({ id }) => obligations.some(({ all }) => all.some(({ instruments }) => instruments.includes(id))))
  .map(({ id, number, title, unconfirmed }) => ({ id, number, title, unconfirmed: unconfirmed ?? null }));
