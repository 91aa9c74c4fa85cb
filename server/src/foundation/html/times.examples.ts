import type { Examples } from './gallery/example.ts';
import { later, now } from './gallery/example.ts';
import { dateTime, timeLeft } from './times.ts';

export const timesExamples: Examples = {
  component: 'times',
  states: [
    { state: 'hours left', render: (language) => timeLeft(now, later(134), language) },
    { state: 'within the hour', render: (language) => timeLeft(now, later(38), language) },
    { state: 'now', render: (language) => timeLeft(now, now, language) },
    { state: 'late', render: (language) => timeLeft(now, later(-12), language) },
    { state: 'days left', render: (language) => timeLeft(now, later(7200), language) },
    { state: 'a date', render: (language) => dateTime(now, language) },
  ],
};
