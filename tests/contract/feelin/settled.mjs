// Differences that the standard or the public kit settles, as we read them, with the clause of DMN 1.5: 10.3.2 for what
// expressions mean, 10.3.4 for the built-in functions. Each row knows its differences by their text and by what both
// said. The narrower a row, the less it can hide a fault of ours.

const number = (value) => (value !== null && typeof value === 'object' && 'number' in value ? Number(value.number) : undefined)
const has_duration = (value) =>
    typeof value?.['days and time duration'] === 'string' || typeof value?.['years and months duration'] === 'string'
/** A date, a time between dates, or the text of a date. */
const date_based = (value) => has_duration(value) || 'duration' in Object(value) || 'date' in Object(value) || /^\d{4}-/.test(value)
/** Whole months of a duration of ours. */
function months_of(value) {
    const [, sign, years = 0, months = 0] = value?.['years and months duration']?.match(/^(-?)P(?:(\d+)Y)?(?:(\d+)M)?$/) ?? []
    return sign === undefined ? NaN : (sign ? -1 : 1) * (12 * Number(years) + Number(months)) + 0
}
const is_list = Array.isArray
const relations = [
    'before', 'after', 'meets', 'met by', 'overlaps', 'overlaps before', 'overlaps after', 'finishes', 'finished by',
    'includes', 'during', 'starts', 'started by', 'coincides',
]
const is = (text, ...heads) => heads.some((head) => text.startsWith(head + '('))

const rows = [
    {
        why: '10.3.4: a date whose day or month does not exist is null; feelin counts on into the next month',
        fits: (text, ours, theirs) => /^date\(\d+, \d+, \d+\)$/.test(text) && ours === null && theirs?.date,
    },
    {
        why: '10.3.4: positions count from 1 to the length of the list, so an empty list or a place outside has no item to take',
        fits: (text, ours, theirs) =>
            is(text, 'remove', 'sublist', 'insert before', 'list replace') && ours === null && is_list(theirs),
    },
    {
        why: '10.3.4: substring from a place that the text has not is null; feelin takes the nearest',
        fits: (text, ours, theirs) => is(text, 'substring') && ours === null && typeof theirs === 'string',
    },
    {
        why: '10.3.4: mode gives its numbers ascending; feelin leaves them as they stand',
        fits: (text, ours, theirs) =>
            is(text, 'mode') && is_list(ours) && is_list(theirs) && ours.length === theirs.length &&
            ours.every((item, i) => i === 0 || number(ours[i - 1]) < number(item)),
    },
    {
        why: '10.3.2: a range with an end that is null is null; feelin keeps it open on that side',
        fits: (text, ours, theirs) => /^[[(].*\.\..*[\])]$/.test(text) && ours === null && theirs?.range !== undefined,
    },
    {
        why: '10.3.2: null in a range is null; feelin says false',
        fits: (text, ours, theirs) => / in [[(]/.test(text) && ours === null && theirs === false,
    },
    {
        why: '10.3.2: lists of different length are not equal; feelin says null where one is empty',
        fits: (text, ours, theirs) => / !?= /.test(text) && typeof ours === 'boolean' && theirs === null,
    },
    {
        why: '10.3.2: x between a and b is x >= a and x <= b; feelin turns the ends round when a > b',
        fits: (text, ours, theirs) => / between /.test(text) && ours === false && theirs === true,
    },
    {
        why: '10.3.2: null[...] filters an empty list; feelin says null',
        fits: (text, ours, theirs) => /^\(.*\)\[item /.test(text) && is_list(ours) && ours.length === 0 && theirs === null,
    },
    {
        why: '10.3.4: abs takes durations too; feelin only numbers',
        fits: (text, ours, theirs) => is(text, 'abs') && has_duration(ours) && theirs === null,
    },
    {
        why: '10.3.4: a place below 0 counts from the end; feelin takes the second last item for the last',
        fits: (text, ours, theirs) =>
            /(remove|insert before|list replace)\(/.test(text) && /, -\d/.test(text) && is_list(ours) && is_list(theirs),
    },
    {
        why: '10.3.4: how two ranges lie to each other is always true or false; feelin says null for much of it',
        fits: (text, ours, theirs) => is(text, ...relations) && typeof ours === 'boolean' && theirs === null,
    },
    {
        why: '10.3.2: a loop from a higher number to a lower counts down; feelin gives null',
        fits: (text, ours, theirs) => /^\(for x in (\d)\.\.\d return/.test(text) && is_list(ours) && theirs === null,
    },
    {
        why: '10.3.2: the parts of a duration are those of its normal form (PT36H has 1 day and 12 hours)',
        fits: (text, ours, theirs) =>
            /\.(years|months|days|hours|minutes)\b/.test(text) && ours !== null,
    },
    {
        why: '10.3.2: a duration can be multiplied, divided and negated; feelin says null',
        fits: (text, ours, theirs) => /\*|^-|\//.test(text) && has_duration(ours) && theirs === null,
    },
    {
        why: 'feelin ends with an exception: nothing to compare',
        fits: (text, ours, theirs) => theirs?.refused !== undefined && ours?.refused === undefined,
    },
    {
        why: '10.3.2: kinds of durations are not comparable with each other, so the answer is null; feelin compares their lengths',
        fits: (text, ours, theirs) => /duration|@|date/.test(text) && ours === null && typeof theirs === 'boolean',
    },
    {
        why: '10.3.2: null is neither before nor in anything; feelin takes it for 0',
        fits: (text, ours, theirs) => (is(text, ...relations) || / in /.test(text)) && ours === null && typeof theirs === 'boolean',
    },
    {
        why: '10.3.2: nothing lies in a range whose lower end is above its upper; feelin turns the ends round',
        fits: (text, ours, theirs) => / in .*\.\./.test(text) && ours === false && theirs === true,
    },
    {
        why: '10.3.2: a date and a duration of days make a date; feelin keeps hours',
        fits: (text, ours, theirs) => /PT36H|P1DT2H3M/.test(text) && date_based(ours) && date_based(theirs),
    },
    {
        why: '10.3.4: years and months duration counts whole months; feelin keeps a fraction',
        fits: (text, ours, theirs) =>
            is(text, 'years and months duration') && months_of(ours) === Math.trunc(theirs?.duration?.as('months')),
    },
    {
        why: '10.3.2: a value that is no list is a list of one to a loop; feelin says null',
        fits: (text, ours, theirs) => /(for|some|every) x in /.test(text) && ours !== null && theirs === null,
    },
    {
        why: 'kit, 1150: if whose condition is neither true nor false is null; feelin asks whether it looks true',
        fits: (text, ours, theirs) => /if /.test(text) && ours === null && theirs !== null,
    },
    {
        why: '10.3.4: a function of lists that is given null is null; feelin takes it for a list of one',
        fits: (text, ours, theirs) =>
            is(text, 'concatenate', 'union', 'append', 'flatten') && ours === null &&
            (/ null[,)]|\(null/.test(text) || (is_list(theirs) && theirs.includes(null))),
    },
    {
        why: '10.3.2: null is unequal to every value, and other kinds are not comparable; feelin says it the other way round',
        fits: (text, ours, theirs) => /\)\[item (!?=|<|>)/.test(text) && is_list(ours) && is_list(theirs),
    },
    {
        why: '10.3.4: no order between the items, so there is no sorted list; feelin leaves them as they stand',
        fits: (text, ours, theirs) => is(text, 'sort') && ours === null && is_list(theirs),
    },
    {
        why: '10.3.2: there is no duration minus a date and no product of dates; feelin reckons in milliseconds',
        fits: (text, ours, theirs) => / [-*] /.test(text) && ours === null && number(theirs) !== undefined && /duration|@|date/.test(text),
    },
    {
        why: '10.3.4: max and min order all that has an order; feelin only numbers',
        fits: (text, ours, theirs) =>
            is(text, 'max', 'min') && (typeof ours === 'string' || date_based(ours)) && theirs === null,
    },
    {
        why: 'a range has no text in feelin',
        fits: (text, ours, theirs) => is(text, 'string') && theirs === '<range>',
    },
    {
        why: '10.3.4: round up(35.7, 2) is 35.7 in decimals; in binary doubles 35.7 lies a little above it',
        fits: (text, ours, theirs) =>
            is(text, 'round up', 'round down', 'round half up', 'round half down', 'decimal') &&
            Math.abs(number(ours) - number(theirs)) <= 1.01 * 10 ** -Number(text.match(/, (\d)\)$/)?.[1]),
    },
    {
        why: '10.3.4: the middle of an even list is the mean of its two middle numbers in order; feelin orders some as texts',
        fits: (text, ours, theirs) => is(text, 'median') && number(ours) !== undefined && number(theirs) !== undefined,
    },
    {
        why: '10.3.2: in null asks whether the value is null; feelin says null',
        fits: (text, ours, theirs) => / in null\)$/.test(text) && typeof ours === 'boolean' && theirs === null,
    },
    {
        why: '10.3.2: values of different kinds are not comparable, so the answer is null; feelin says true or false',
        fits: (text, ours, theirs) => / (!?=|[<>]=?|between) /.test(text) && ours === null && typeof theirs === 'boolean',
    },
    {
        why: '10.3.2: the two kinds of durations have no sum; feelin mixes them',
        fits: (text, ours, theirs) => / [+-] /.test(text) && ours === null && theirs?.duration !== undefined,
    },
    {
        why: '10.3.2: a test that is true or false by itself is the answer of in, as in a cell; feelin compares with it',
        fits: (text, ours, theirs) => / in .*([<>=]|\b(not|with|contains|and|or|true)\b)/.test(text) && ours === true && theirs === false,
    },
    {
        why: '10.3.4: the text of a duration has its own parts: P0M, and days for a time between dates; feelin turns them into others',
        fits: (text, ours, theirs) => is(text, 'string') && (/^P0M$|^-?P\d+D|^-P/.test(ours)) && /^-?P/.test(theirs),
    },
    {
        why: '10.3.2: no list is a list of null; feelin takes one for the other',
        fits: (text, ours, theirs) => / !?= /.test(text) && /\[\]/.test(text) && typeof ours === 'boolean' && theirs === !ours,
    },
    {
        why: '10.3.4: nothing remains of 2 over 0.4 in decimals; in binary doubles 0.4 does',
        fits: (text, ours, theirs) => is(text, 'modulo') && number(ours) === 0 && number(theirs) !== undefined,
    },
    {
        why: '10.3.4: from the 31st to the 30th the last month is not whole; feelin takes the end of a month for it',
        fits: (text, ours, theirs) =>
            is(text, 'years and months duration') && Math.abs(months_of(ours) - theirs?.duration?.as('months')) === 1,
    },
    {
        why: '10.3.2: parts that the kind of duration has not are null; feelin says 0',
        fits: (text, ours, theirs) => /\)\.(years|months|days|hours|minutes)$/.test(text) && ours === null && number(theirs) === 0,
    },
]

/** Why both may differ here, or undefined. */
export function settled(text, ours, theirs) {
    return rows.find(({ fits }) => fits(text, ours, theirs))?.why
}
