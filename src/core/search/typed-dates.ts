/** Days as YYYY-MM-DD, both included; null for open. */
export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** A day as it is written here; null for any other text. */
export function dayOf(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

const dayMilliseconds = 86_400_000;

const englishMonths = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Day and year beside a month's name. */
const dayNumber = '(\\d{1,2})(?:st|nd|rd|th)?';
const monthName = '([a-z]{3,9})\\.?';
const namedDay = new RegExp(
  `^(?:${dayNumber} ${monthName},? (\\d{4})|${monthName} ${dayNumber},? (\\d{4}))$`,
);
/** As much of Europe writes days; slashes would leave open which is the month. */
const dottedDay = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const numbers = '(\\d{4})(?:[-/.](\\d{1,2})(?:[-/.](\\d{1,2}))?)?';
const plainDate = new RegExp(`^${numbers}$`);
const chineseDate = /^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?$/;

/**
 * What a word says of days: `2024`, `2024-05`, `2024-5-3`, `3.5.2024`, `2023..2024`, `2023-2024`, `2024-05..`, `..2023`,
 * `2024年5月3日`, `today`, `last week`, `last year`, `今年`, `May 2024`, `3 May 2024`, `May 3, 2024`. Null if it is no date: also
 * for days that no calendar has.
 *
 * @param today YYYY-MM-DD, what `today` and the like count from
 */
export function dayRangeOf(text: string, today: string): DayRange | null {
  const folded = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
  const dots = /^(.*?)(?:\.\.+|…|~|至|到)(.*)$/.exec(folded) ?? /^(\d{4}) ?[-–—] ?(\d{4})$/.exec(folded);
  if (dots !== null) {
    const [first, last] = [dots[1]!.trim(), dots[2]!.trim()];
    const from = first === '' ? null : one(first, today);
    const to = last === '' ? null : one(last, today);
    if ((first !== '' && from === null) || (last !== '' && to === null) || first + last === '') return null;
    return { from: from?.from ?? null, to: to?.to ?? null };
  }
  return one(folded, today);
}

function one(text: string, today: string): { from: string; to: string } | null {
  const digits = plainDate.exec(text) ?? chineseDate.exec(text);
  if (digits !== null) {
    const [, year, month, day] = digits;
    return span(Number(year), optional(month), optional(day));
  }
  const words = /^(?:([a-z]{3,9})\.?,? (\d{4})|(\d{4}) ([a-z]{3,9}))$/.exec(text);
  if (words !== null) {
    const month = monthOf(words[1] ?? words[4]!);
    return month === null ? null : span(Number(words[2] ?? words[3]), month, null);
  }
  const dotted = dottedDay.exec(text);
  if (dotted !== null) return span(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const named = namedDay.exec(text);
  if (named !== null) {
    const month = monthOf(named[2] ?? named[4]!);
    const day = Number(named[1] ?? named[5]);
    return month === null ? null : span(Number(named[3] ?? named[6]), month, day);
  }
  return relative(text, today);
}

function monthOf(name: string): number | null {
  const found = englishMonths.findIndex((month) => month === name || month.slice(0, 3) === name);
  return found >= 0 ? found + 1 : name === 'sept' ? 9 : null;
}

function optional(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

/** First and last day of a year, a month or a day; null where there is none, or none that a photo can be of. */
function span(year: number, month: number | null, day: number | null): { from: string; to: string } | null {
  if (year < 1800 || year > 2199) return null;
  if (month === null) return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (month < 1 || month > 12) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day !== null && (day < 1 || day > last)) return null;
  const two = (number: number) => String(number).padStart(2, '0');
  const start = `${year}-${two(month)}-`;
  return { from: `${start}${two(day ?? 1)}`, to: `${start}${two(day ?? last)}` };
}

/** From Monday to Sunday. @param offset weeks from the one of `today` */
function week(today: string, offset: number): { from: string; to: string } {
  const now = Date.parse(today);
  const sinceMonday = (new Date(now).getUTCDay() + 6) % 7;
  const monday = now + (7 * offset - sinceMonday) * dayMilliseconds;
  return { from: isoDay(monday), to: isoDay(monday + 6 * dayMilliseconds) };
}

/** The day so many days after another one; both YYYY-MM-DD. */
export function dayAfter(day: string, days: number): string {
  return isoDay(Date.parse(day) + days * dayMilliseconds);
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function relative(text: string, today: string): { from: string; to: string } | null {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number);
  switch (text) {
    case 'today':
    case '今天':
      return span(year, month, day);
    case 'yesterday':
    case '昨天': {
      const before = new Date(Date.UTC(year, month - 1, day - 1));
      return span(before.getUTCFullYear(), before.getUTCMonth() + 1, before.getUTCDate());
    }
    case 'this week':
    case '本周':
    case '这周':
    case '这个星期':
      return week(today, 0);
    case 'last week':
    case '上周':
    case '上个星期':
      return week(today, -1);
    case 'this month':
    case '本月':
    case '这个月':
      return span(year, month, null);
    case 'last month':
    case '上个月':
    case '上月':
      return month === 1 ? span(year - 1, 12, null) : span(year, month - 1, null);
    case 'this year':
    case '今年':
      return span(year, null, null);
    case 'last year':
    case '去年':
      return span(year - 1, null, null);
    case '前年':
      return span(year - 2, null, null);
    default:
      return null;
  }
}
