/** The profile of 新疆应用职业技术学院, the product's default: the five “有” (“5 个有”) of §四.2. */
import { type Policy, policySchema } from './policy.ts';

const document = '新疆应用职业技术学院团干部直接联系青年制度实施方案';
const article = '四、工作内容 2.亮身份，建立联系制度';

/** The 新疆 profile. Where the document gives no number (interaction, topic), the product's default stands. */
export const xinjiang: Policy = policySchema.parse({
  id: 'xinjiang',
  name: '新疆应用职业技术学院',
  requirements: [
    {
      id: 'voice',
      name: '每天有声音',
      measure: 'voice',
      period: 'day',
      force: 'binding',
      threshold: { atLeast: 1 },
      citation: { document, article, quote: '每天有声音' },
    },
    {
      id: 'interaction',
      name: '每周有互动',
      measure: 'interaction',
      period: 'week',
      force: 'binding',
      threshold: { youths: 3 },
      citation: { document, article, quote: '每周有互动' },
    },
    {
      id: 'topic',
      name: '每月有话题',
      measure: 'topic',
      period: 'month',
      force: 'binding',
      threshold: { participants: 5, clear: 1 },
      citation: { document, article, quote: '每月有话题' },
    },
    {
      id: 'activity',
      name: '每季度有线下活动',
      measure: 'activity',
      period: 'quarter',
      force: 'binding',
      threshold: { atLeast: 1 },
      citation: { document, article, quote: '每季度有线下活动' },
    },
    {
      id: 'face-to-face',
      name: '每年有面对面交流',
      measure: 'face-to-face',
      period: 'year',
      force: 'binding',
      threshold: { moreThanPercent: 50 },
      citation: { document, article, quote: '每年与所联系的多数青年有面对面交流' },
    },
  ],
});
