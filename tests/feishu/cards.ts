import { ApiError } from './faults.ts';

type Json = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const topLevel = new Set(['schema', 'config', 'card_link', 'header', 'body', 'fallback']);
const headerKeys = new Set([
  'title',
  'subtitle',
  'text_tag_list',
  'i18n_text_tag_list',
  'template',
  'icon',
  'padding',
]);
const bodyKeys = new Set([
  'direction',
  'padding',
  'horizontal_spacing',
  'horizontal_align',
  'vertical_spacing',
  'vertical_align',
  'elements',
]);
/** Tags of Card JSON 2.0; those of the older schema (`action`, `note`) are refused as Feishu refuses them. */
const tags = new Set(
  `markdown div hr img img_combination person person_list chart table audio button input select_static
  multi_select_static select_person multi_select_person date_picker picker_time picker_datetime select_img
  overflow checker form column_set column interactive_container collapsible_panel plain_text lark_md
  standard_icon custom_icon text_tag`.split(/\s+/),
);
const named = new Set(
  `button input select_static multi_select_static select_person multi_select_person date_picker picker_time
  picker_datetime select_img checker`.split(/\s+/),
);
const buttonKeys = new Set(
  `tag element_id margin type size width text icon hover_tips disabled disabled_tips confirm behaviors name
  form_action_type required value url multi_url`.split(/\s+/),
);

function refuse(code: number, what: string, path: string): never {
  throw new ApiError(
    230099,
    `Failed to create card content, ext=ErrCode: ${code}; ErrMsg: msg: [${what}], path: [${path}]; `,
  );
}

function onlyKeys(value: Json, allowed: ReadonlySet<string>, path: string): void {
  for (const key of Object.keys(value)) {
    if (!allowed.has(key)) {
      refuse(200621, `parse card json err, unknown property, property: ${key}`, path);
    }
  }
}

interface Count {
  elements: number;
  charts: number;
  tables: number;
  readonly names: Set<string>;
  readonly ids: Set<string>;
}

function element(value: unknown, path: string, inForm: boolean, root: boolean, count: Count): void {
  if (!isRecord(value)) refuse(200621, 'parse card json err, element is not an object', path);
  const tag = value.tag;
  if (typeof tag !== 'string' || !tags.has(tag)) {
    refuse(
      200861,
      `cards of schema V2 no longer support this capability, unsupported tag ${String(tag)}`,
      path,
    );
  }
  const here = `${path}(tag: ${tag})`;
  count.elements += 1;
  if (tag === 'chart') count.charts += 1;
  if (tag === 'table') count.tables += 1;
  const id = value.element_id;
  if (typeof id === 'string') {
    if (count.ids.has(id)) refuse(11310, `element_id ${id} is repeated`, here);
    count.ids.add(id);
  }
  if (tag === 'button') onlyKeys(value, buttonKeys, here);
  const name = value.name;
  if (inForm && named.has(tag) && (typeof name !== 'string' || name === '')) {
    refuse(11310, 'a component in a form needs a name', here);
  }
  if (typeof name === 'string') {
    if (count.names.has(name)) refuse(11310, `name ${name} is repeated`, here);
    count.names.add(name);
  }
  if (tag === 'form') {
    if (!root) refuse(11310, 'form must be at the root of the card', here);
    if (typeof name !== 'string' || name === '') refuse(11310, 'form needs a name', here);
    if (!hasSubmit(value)) refuse(11310, 'form needs a submit button', here);
  }
  for (const list of ['elements', 'columns']) {
    const children = value[list];
    if (!Array.isArray(children)) continue;
    children.forEach((child, i) => {
      element(child, `${here} -> ${list} -> [${i}]`, inForm || tag === 'form', false, count);
    });
  }
}

function hasSubmit(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasSubmit);
  if (!isRecord(value)) return false;
  return value.form_action_type === 'submit' || Object.values(value).some(hasSubmit);
}

/**
 * Refuses what Feishu would refuse: Card JSON 2.0 only, at most 30 KB and 200 elements, no unknown properties on
 * the card, its header, its body or its buttons, forms at the root with named components, at most 5 charts.
 */
export function checkCard(content: string): void {
  if (Buffer.byteLength(content) > 30 * 1024) throw new ApiError(230025);
  let card: unknown;
  try {
    card = JSON.parse(content);
  } catch {
    throw new ApiError(230001, 'Your request contains an invalid request parameter, ext=invalid content');
  }
  if (!isRecord(card)) refuse(200621, 'parse card json err', 'ROOT');
  if (card.schema !== '2.0') refuse(200621, 'this stand-in takes schema 2.0 only', 'ROOT');
  onlyKeys(card, topLevel, 'ROOT');
  if (isRecord(card.header)) onlyKeys(card.header, headerKeys, 'ROOT -> header');
  const body = card.body;
  if (!isRecord(body)) refuse(200621, 'parse card json err, body is missing', 'ROOT');
  onlyKeys(body, bodyKeys, 'ROOT -> body');
  const count: Count = { elements: 0, charts: 0, tables: 0, names: new Set(), ids: new Set() };
  const elements = body.elements;
  if (!Array.isArray(elements)) refuse(200621, 'parse card json err, elements is missing', 'ROOT -> body');
  elements.forEach((each, i) => {
    element(each, `ROOT -> body -> elements -> [${i}]`, false, true, count);
  });
  if (count.elements > 200) refuse(11310, 'element number over limit', 'ROOT');
  if (count.charts > 5) refuse(11310, 'chart number over limit', 'ROOT');
  if (count.tables > 5) refuse(11310, 'card table number over limit', 'ROOT');
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
      value: behaviors.find((each) => each.type === 'callback')?.value ?? value.value,
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
    typeof value.tag === 'string' && named.has(value.tag) && value.tag !== 'button'
      ? [String(value.name)]
      : [];
  return [...own, ...Object.values(value).flatMap(inputNames)];
}
