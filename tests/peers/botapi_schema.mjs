// Turns the JSON Schema that ts-json-schema-generator makes of the Bot API's TypeScript declarations into the one
// our calls are checked against. Usage: node botapi_schema.mjs <generated> <target>
//
// Three changes, each because the declarations are written for programmers and not for the wire:
//  - an object may also be "anything with toJSON or toString" there; on the wire it is the object itself;
//  - lengths ("1-64 characters") stand only in the prose; here they become minLength and maxLength;
//  - the prose itself goes away, which leaves a quarter of the size.
import { readFileSync, writeFileSync } from 'node:fs';

const [source, target] = process.argv.slice(2);
if (!source || !target) {
  console.error('usage: node botapi_schema.mjs <generated schema> <target>');
  process.exit(2);
}

const schema = withoutHelpers(JSON.parse(readFileSync(source, 'utf8')));
const definitions = Object.keys(schema.definitions ?? {}).length;
if (definitions < 300) {
  console.error(`botapi_schema: only ${definitions} definitions in ${source}: the generator found no Bot API`);
  process.exit(1);
}
writeFileSync(target, JSON.stringify(schema));
console.log(`botapi_schema: ${definitions} definitions`);

/** The node without helper alternatives and prose, with the lengths its prose named. */
function withoutHelpers(node) {
  if (Array.isArray(node)) return node.map(withoutHelpers);
  if (node === null || typeof node !== 'object') return node;

  const result = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties') {
      // Names of properties are data: a property called "description" is not prose.
      result[key] = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutHelpers(inner)]));
    } else if (key === 'anyOf') {
      result[key] = value.filter((alternative) => !isHelper(alternative)).map(withoutHelpers);
    } else if (key !== 'description') {
      result[key] = withoutHelpers(value);
    }
  }
  if (result.anyOf?.length === 1) {
    const [only] = result.anyOf;
    delete result.anyOf;
    Object.assign(result, only);
  }
  if (result.type === 'string' && typeof node.description === 'string') {
    Object.assign(result, lengthsSaidIn(node.description));
  }
  return result;
}

/** Whether an alternative is one of the library's own conveniences. */
function isHelper(alternative) {
  const required = alternative.required ?? [];
  return required.includes('toJSON') || required.includes('toString');
}

/** "1-4096 characters after entities parsing" bounds the parsed text, so only its lower end holds for the raw one. */
function lengthsSaidIn(description) {
  const said = /(\d+)-(\d+) (?:characters|bytes)/i.exec(description);
  if (!said) return {};
  const [, least, most] = said;
  const afterParsing = /after entit(?:y|ies) parsing/i.test(description);
  const lengths = {};
  if (Number(least) > 0) lengths.minLength = Number(least);
  if (!afterParsing) lengths.maxLength = Number(most);
  return lengths;
}
