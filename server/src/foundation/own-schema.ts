import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Problem } from './http/problems.ts';
import { refusal } from './http/validation.ts';

/** Bytes of a schema, and of the fields that are checked by one. */
const maxSchemaBytes = 16 * 1024;
const maxFieldsBytes = 32 * 1024;
/** So deep may fields be nested. */
const maxDepth = 20;

/** Marks a string in a schema as said by somebody to somebody: it is screened like the text of an item. */
const textMark = 'x-perisai-text';

/** A JSON Schema (2020-12) that somebody else wrote, made ready. */
export interface OwnSchema {
  /**
   * Checks fields; gives the strings in them that the schema marks as text.
   * @param at where they stand in the body
   * @throws Problem `field-missing`, `field-unknown`, `field-wrong`, naming the place.
   */
  check(fields: object, at: string): readonly string[];
}

/**
 * Makes a schema ready. It stands alone: it refers to nothing outside itself, and what strict mode does not know or understand is refused, so
 * that a misspelt word in it cannot go unnoticed.
 * @throws Problem `field-wrong`, with what is wrong.
 */
export function ownSchema(text: string): OwnSchema {
  if (Buffer.byteLength(text) > maxSchemaBytes) throw new Problem('field-wrong', 'A schema has at most 16 KB.');
  const schema = parsed(text);
  // One instance a schema: what one names itself is nothing to another.
  const ajv = new Ajv2020({ strict: true, ownProperties: true, passContext: true, logger: false });
  addFormats.default(ajv);
  ajv.addKeyword({
    keyword: textMark,
    type: 'string',
    schemaType: 'boolean',
    errors: false,
    validate(this: { texts: string[] }, marked: boolean, value: string) {
      if (marked) this.texts.push(value);
      return true;
    },
  });
  const validate = refusingAll('The schema does not compile', () => ajv.compile(schema));
  const run = (fields: object) => {
    const context = { texts: [] as string[] };
    return validate.call(context, fields) ? context.texts : null;
  };
  // What refers to itself without end does so at once.
  refusingAll('The schema cannot be used', () => run({}));
  return {
    check(fields, at) {
      measure(fields, at);
      const texts = refusingAll(`${at}: The schema cannot be used on these fields`, () => run(fields));
      if (texts === null) throw refusal(validate.errors ?? [], 'body', at);
      return texts;
    },
  };
}

function parsed(text: string): object {
  const schema = refusingAll('The schema is not JSON', () => JSON.parse(text) as unknown);
  if (typeof schema !== 'object' || schema === null || !('type' in schema) || schema.type !== 'object')
    throw new Problem('field-wrong', 'A schema describes an object: at its top stands "type": "object".');
  const open: unknown[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [name, value] of Object.entries(next)) {
      const refers = (name === '$ref' || name === '$dynamicRef') && typeof value === 'string';
      if (refers && !value.startsWith('#'))
        throw new Problem('field-wrong', `A schema stands alone: ${name} begins with “#” and leads to a place in itself.`);
      // Its answer would come later, and a promise is nobody's yes.
      if (name === '$async') throw new Problem('field-wrong', 'The schema does not compile: $async is not known here.');
      open.push(value);
    }
  }
  return schema;
}

/** @throws Problem `field-wrong` where fields are larger, or deeper, than anybody reads. */
function measure(fields: object, at: string): void {
  let level: unknown[] = [fields];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw new Problem('field-wrong', `${at}: Fields are nested at most ${maxDepth} deep.`, place(at, 'Too deep.'));
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  if (Buffer.byteLength(JSON.stringify(fields)) > maxFieldsBytes)
    throw new Problem('field-wrong', `${at}: Fields have at most 32 KB.`, place(at, 'Too large.'));
}

const place = (pointer: string, detail: string) => ({ errors: [{ pointer, code: 'field-wrong' as const, detail }] });

function refusingAll<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Problem('field-wrong', `${what}: ${error instanceof Error ? error.message.slice(0, 500) : 'it is wrong'}.`, { cause: error });
  }
}
