import { cardShape, component } from './card-schema.ts';
import { ApiError } from './faults.ts';

type Json = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const kilobytes = 30;
const mostElements = 200;
const deepest = 5;
/** A person does something with them: inside a form each needs a name of its own. */
const interactive: ReadonlySet<string> = new Set(['button', 'input', 'select_static']);

/** Sub-codes of 230099, as Feishu's documents list them. */
const subCode = { shape: 200621, tag: 200861, rule: 11310 } as const;

function refuse(code: number, what: string, path: string): never {
  throw new ApiError(
    230099,
    `Failed to create card content, ext=ErrCode: ${code}; ErrMsg: msg: [${what}], path: [${path}]; `,
  );
}

interface Place {
  readonly path: string;
  readonly inForm: boolean;
  readonly depth: number;
  readonly root: boolean;
}

interface Seen {
  readonly names: Set<string>;
  readonly ids: Set<string>;
}

function once(seen: Set<string>, what: string, value: string | undefined, path: string): void {
  if (value === undefined) return;
  if (seen.has(value)) refuse(subCode.rule, `${what} ${value} is repeated`, path);
  seen.add(value);
}

function element(value: unknown, place: Place, seen: Seen): void {
  const { path, inForm, depth, root } = place;
  const parsed = component.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const code = issue?.path[0] === 'tag' ? subCode.tag : subCode.shape;
    refuse(code, `${issue?.message}, at ${issue?.path.join('.')}`, path);
  }
  const { data } = parsed;
  if (depth > deepest) refuse(subCode.rule, 'nested too deep', path);
  once(seen.ids, 'element_id', data.element_id, path);
  if ('name' in data) once(seen.names, 'name', data.name, path);
  if (interactive.has(data.tag) && inForm && !('name' in data && data.name !== undefined))
    refuse(subCode.rule, 'a component in a form needs a name', path);
  if (data.tag === 'button' && inForm !== (data.form_action_type !== undefined))
    refuse(subCode.rule, 'a button submits or resets where it is in a form, and nowhere else', path);
  if (data.tag === 'form' && !root) refuse(subCode.rule, 'form must be at the root of the card', path);
  if (data.tag === 'form' && !hasSubmit(data.elements))
    refuse(subCode.rule, 'form needs a submit button', path);
  const inside = 'columns' in data ? data.columns : 'elements' in data ? (data.elements ?? []) : [];
  for (const [i, child] of inside.entries()) {
    const isColumn = isRecord(child) && child.tag === 'column';
    if (isColumn !== (data.tag === 'column_set'))
      refuse(subCode.rule, 'columns stand in a column_set, and nothing else does', path);
    element(
      child,
      {
        path: `${path}(tag: ${data.tag}) -> [${i}]`,
        inForm: inForm || data.tag === 'form',
        depth: depth + (isColumn ? 0 : 1),
        root: false,
      },
      seen,
    );
  }
}

function hasSubmit(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasSubmit);
  if (!isRecord(value)) return false;
  return value.form_action_type === 'submit' || Object.values(value).some(hasSubmit);
}

/** Whatever has a tag: the documents count the texts too. */
function tagged(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + tagged(each), 0);
  if (!isRecord(value)) return 0;
  return (typeof value.tag === 'string' ? 1 : 0) + tagged(Object.values(value));
}

/**
 * Refuses what Feishu would refuse: Card JSON 2.0 only, of at most 30 KB in its request and 200 components and texts;
 * no properties that are not documented; forms at the root, with a button that submits and with named components;
 * names and ids once each; at most five deep.
 */
export function checkCard(content: string): void {
  if (Buffer.byteLength(JSON.stringify(content)) > kilobytes * 1024) throw new ApiError(230025);
  let card: unknown;
  try {
    card = JSON.parse(content);
  } catch {
    throw new ApiError(230001, 'Your request contains an invalid request parameter, ext=invalid content');
  }
  const parsed = cardShape.safeParse(card);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    refuse(subCode.shape, `parse card json err, ${issue?.message}`, `ROOT -> ${issue?.path.join(' -> ')}`);
  }
  if (tagged(card) > mostElements) refuse(subCode.rule, 'element exceeds the limit', 'ROOT');
  const seen: Seen = { names: new Set(), ids: new Set() };
  for (const [i, each] of parsed.data.body.elements.entries())
    element(each, { path: `ROOT -> body -> elements -> [${i}]`, inForm: false, depth: 1, root: true }, seen);
}

/** A button of a card: its label, what its callback carries, and the form it submits. */
export interface CardButton {
  readonly label: string;
  readonly name: string | undefined;
  readonly value: unknown;
  readonly disabled: boolean;
  /** Names of the form's inputs when the button submits one. */
  readonly submits: readonly string[] | undefined;
}

/** The buttons of a card in their order. */
export function buttonsOf(content: string): CardButton[] {
  const found: CardButton[] = [];
  walk(JSON.parse(content), undefined, found);
  return found;
}

function walk(value: unknown, form: readonly string[] | undefined, found: CardButton[]): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, form, found);
    return;
  }
  if (!isRecord(value)) return;
  if (value.tag === 'button') {
    const text = value.text;
    const behaviors = Array.isArray(value.behaviors) ? value.behaviors.filter(isRecord) : [];
    found.push({
      label: isRecord(text) ? String(text.content) : '',
      name: typeof value.name === 'string' ? value.name : undefined,
      value: behaviors.find((each) => each.type === 'callback')?.value,
      disabled: value.disabled === true,
      submits: value.form_action_type === 'submit' ? form : undefined,
    });
    return;
  }
  const inner = value.tag === 'form' ? inputNames(value.elements) : form;
  for (const each of Object.values(value)) walk(each, inner, found);
}

function inputNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(inputNames);
  if (!isRecord(value)) return [];
  const own =
    typeof value.tag === 'string' && interactive.has(value.tag) && value.tag !== 'button'
      ? [String(value.name)]
      : [];
  return [...own, ...Object.values(value).flatMap(inputNames)];
}
