/** What a file tells of one group, gathered line by line; every part of it is a set, so that order is of no matter. */
import { type Day, dayOf, halfHourOf } from '../calendar/day.ts';
import { type Binding, cadreOn, orderBindings, type PersonId } from '../presence/bindings.ts';
import type { GroupFacts, Mark } from '../presence/facts.ts';
import type { DaySpan } from '../presence/figures.ts';
import { type Interval, joinIntervals } from '../presence/interval.ts';
import { type Slots, withSlot } from '../presence/slots.ts';
import { tagFinder } from '../presence/tag.ts';
import { topicOpenMs } from '../presence/topic.ts';
