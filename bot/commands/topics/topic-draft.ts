/** Three topics about a theme: drafted by the model where there is one, otherwise found in the library. */
import { topicsAbout } from '../../../domain/topics/by-theme.ts';
import type { Saying } from '../../dialogue/command.ts';
import { reply } from '../../dialogue/say.ts';
import { putQuestion } from '../../model/questions.ts';
import { topicLibrary } from './topic-library.ts';
import { type CadreHere, draftsCard, keepList } from './topic-list.ts';

/** Puts the theme to the model, whose answer comes privately in a moment; without one, the rules answer at once. */
export async function draft(
  context: CadreHere,
  { text: theme }: { readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group, now, person } = context;
  const proposals = topicsAbout(topicLibrary, theme).map(({ id, title, text, followUp }) => ({
    libraryId: id,
    title,
    text,
    followUp,
  }));
  if (context.abilities.model) {
    await putQuestion(context, {
      purpose: 'topic-drafts',
      data: { 主题: theme },
      rule: proposals,
      groupId: group.id,
    });
    return [];
  }
  await keepList(db, { personId: person.id, groupId: group.id, proposals, now });
  return [
    reply(
      context,
      draftsCard('和主题最近的三个话题', group.id, proposals, '（没有配置模型，这是从话题库里按主题找的。）'),
    ),
  ];
}
