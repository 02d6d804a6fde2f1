/** `lianqing unit youths`: whether a unit has many youths, on which depends what its part-time cadres are asked for (团中央 §二). */
import { defineCommand } from 'citty';
import { manyYouthsIn } from '../../domain/units/unit.ts';
import { allUnits, chooseManyYouths } from '../../prisma/store/units.ts';
import { inDatabase, unitNamed } from './store.ts';
import { InputError, say } from './terminal.ts';

const words: Readonly<Record<string, boolean | undefined>> = { 多: true, 不多: false, 随上级: undefined };

export const unitYouths = defineCommand({
  meta: {
    name: 'youths',
    description:
      '登记一个团组织的团员青年多不多（问答 8：下设较多基层团组织的，如高校团委）：多的，一般兼职联系多少由单位定；不多的，不少于 10 名；不写就看看现在的',
  },
  args: {
    name: { type: 'positional', description: '团组织', valueHint: '某某学院团委', required: true },
    many: { type: 'positional', description: '多、不多 或 随上级', valueHint: '多', required: false },
  },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const unit = await unitNamed(tx, args.name);
      const typed = args.many?.trim();
      if (typed !== undefined) {
        if (!(typed in words)) throw new InputError(`请写 ${Object.keys(words).join('、')}。`);
        await chooseManyYouths(tx, unit.id, words[typed]);
      }
      say(`${unit.name}：${standing(manyYouthsIn(await allUnits(tx), unit.id))}`);
    }),
});

function standing(many: boolean | undefined): string {
  if (many === undefined) return '团员青年多不多还没有登记，一般兼职要联系多少说不准';
  return many
    ? '团员青年多，一般兼职联系多少由单位定：npx lianqing unit adjust … roster-unit --set youths=30'
    : '团员青年不多，一般兼职联系不少于 10 名';
}
