/**
 * Card JSON 2.0 as Feishu documents it (https://open.feishu.cn/document/feishu-cards/card-json-v2-structure and the pages
 * of its components): the components that 联青 sends, each with the properties that Feishu takes, and no others, since it
 * refuses a card with a property that it does not know. A component that is not here has to be read up and added.
 */
import { z } from 'zod';

const px = (most: number, negative = false) => {
  const one = negative ? `-?\\d{1,${String(most).length}}` : `\\d{1,${String(most).length}}`;
  return z.string().regex(new RegExp(`^(${one}(px)?)( ${one}(px)?){0,3}$`));
};
const spacing = z.union([
  z.enum(['small', 'medium', 'large', 'extra_large']),
  z.string().regex(/^\d{1,2}px$/),
]);
const horizontalAlign = z.enum(['left', 'center', 'right']);
const verticalAlign = z.enum(['top', 'center', 'bottom']);
const width = z.union([z.enum(['default', 'fill']), z.string().regex(/^[1-9]\d{2,}px$/)]);

const buttonTypes =
  'default primary danger text primary_text danger_text primary_filled danger_filled laser'.split(' ');
const colours =
  'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'.split(' ');

const plainText = z.strictObject({ tag: z.literal('plain_text'), content: z.string().min(1) });
const shortText = plainText.extend({ content: z.string().min(1).max(100) });
const anyText = z.strictObject({ tag: z.enum(['plain_text', 'lark_md']), content: z.string() });
const icon = z.strictObject({
  tag: z.enum(['standard_icon', 'custom_icon']),
  token: z.string().optional(),
  color: z.string().optional(),
  img_key: z.string().optional(),
});
const confirm = z.strictObject({ title: plainText, text: plainText });
const behaviors = z
  .array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('callback'), value: z.record(z.string(), z.unknown()) }),
      z.strictObject({
        type: z.literal('open_url'),
        default_url: z.string(),
        android_url: z.string().optional(),
        ios_url: z.string().optional(),
        pc_url: z.string().optional(),
      }),
    ]),
  )
  .min(1);

const common = {
  element_id: z
    .string()
    .regex(/^[A-Za-z]\w{0,19}$/)
    .optional(),
  margin: px(99, true).optional(),
};
const layout = {
  direction: z.enum(['vertical', 'horizontal']).optional(),
  horizontal_spacing: spacing.optional(),
  horizontal_align: horizontalAlign.optional(),
  vertical_spacing: spacing.optional(),
  vertical_align: verticalAlign.optional(),
  padding: px(99).optional(),
};
/** Components are checked one by one: a fault names its own place. */
const components = z.array(z.unknown());
const name = z.string().min(1).optional();

const div = z.strictObject({
  ...common,
  tag: z.literal('div'),
  width: z.string().optional(),
  text: anyText.extend({
    content: z.string().min(1),
    text_size: z.string().optional(),
    text_color: z.string().optional(),
    text_align: horizontalAlign.optional(),
    lines: z.int().optional(),
  }),
  icon: icon.optional(),
});
const markdown = z.strictObject({
  ...common,
  tag: z.literal('markdown'),
  content: z.string().min(1),
  text_size: z.string().optional(),
  text_align: horizontalAlign.optional(),
  icon: icon.optional(),
});
const columnSet = z.strictObject({
  ...common,
  tag: z.literal('column_set'),
  horizontal_spacing: spacing.optional(),
  horizontal_align: horizontalAlign.optional(),
  flex_mode: z.enum(['none', 'stretch', 'flow', 'bisect', 'trisect']).optional(),
  background_style: z.string().optional(),
  columns: components.min(1),
});
const column = z.strictObject({
  ...common,
  ...layout,
  tag: z.literal('column'),
  background_style: z.string().optional(),
  width: z.union([z.enum(['auto', 'weighted']), z.string().regex(/^\d{2,3}px$/)]).optional(),
  weight: z.int().min(1).max(5).optional(),
  elements: components.optional(),
});
const form = z.strictObject({
  ...common,
  ...layout,
  tag: z.literal('form'),
  name: z.string().min(1),
  elements: components.min(1),
});
const button = z.strictObject({
  ...common,
  tag: z.literal('button'),
  type: z.enum(buttonTypes).optional(),
  size: z.enum(['tiny', 'small', 'medium', 'large']).optional(),
  width: width.optional(),
  text: shortText.optional(),
  icon: icon.optional(),
  hover_tips: plainText.optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plainText.optional(),
  confirm: confirm.optional(),
  behaviors,
  name,
  form_action_type: z.enum(['submit', 'reset']).optional(),
});
const input = z.strictObject({
  ...common,
  tag: z.literal('input'),
  name,
  required: z.boolean().optional(),
  placeholder: shortText.optional(),
  default_value: z.string().optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plainText.optional(),
  width: width.optional(),
  behaviors: behaviors.optional(),
  max_length: z.int().min(1).max(1_000).optional(),
  input_type: z.enum(['text', 'multiline_text', 'password']).optional(),
  show_icon: z.boolean().optional(),
  rows: z.int().min(1).optional(),
  auto_resize: z.boolean().optional(),
  max_rows: z.int().min(1).optional(),
  label: plainText.optional(),
  label_position: z.enum(['top', 'left']).optional(),
  confirm: confirm.optional(),
});
const selectStatic = z.strictObject({
  ...common,
  tag: z.literal('select_static'),
  type: z.enum(['default', 'text']).optional(),
  name,
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
  initial_option: z.string().optional(),
  initial_index: z.int().min(0).optional(),
  placeholder: shortText.optional(),
  width: width.optional(),
  behaviors: behaviors.optional(),
  options: z
    .array(z.strictObject({ text: plainText, icon: icon.optional(), value: z.string().min(1) }))
    .min(1)
    .refine((options) => new Set(options.map(({ value }) => value)).size === options.length, {
      error: 'two options of one value',
    }),
  confirm: confirm.optional(),
});

/** A component by its tag, without what is inside it. */
export const component = z.discriminatedUnion('tag', [
  div,
  markdown,
  columnSet,
  column,
  form,
  button,
  input,
  selectStatic,
]);

/** A whole card, without the components of its body. */
export const cardShape = z.strictObject({
  schema: z.literal('2.0'),
  config: z
    .strictObject({
      summary: z
        .strictObject({ content: z.string(), i18n_content: z.record(z.string(), z.string()).optional() })
        .optional(),
      locales: z.array(z.string()).optional(),
      enable_forward: z.boolean().optional(),
      update_multi: z.literal(true).optional(),
      width_mode: z.enum(['default', 'compact', 'fill']).optional(),
      use_custom_translation: z.boolean().optional(),
      enable_forward_interaction: z.boolean().optional(),
      style: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  header: z
    .strictObject({
      title: anyText,
      subtitle: anyText.optional(),
      template: z.enum(colours).optional(),
      icon: icon.optional(),
      padding: px(99).optional(),
    })
    .optional(),
  body: z.strictObject({ ...layout, elements: components }),
});
