// Random FEEL expressions, typed so that most have a value, with a wrong kind here and there. The same seed
// gives the same expressions. Each comes with the parts of it that mean something alone, so that a difference is
// looked for in the smallest of them.

/** A small generator of random numbers (mulberry32): 0 <= x < 1. */
function random(seed) {
    let state = seed >>> 0
    return () => {
        state = (state + 0x6d2b79f5) >>> 0
        let t = Math.imul(state ^ (state >>> 15), state | 1)
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296
    }
}

export function* expressions(seed, count) {
    const next = random(seed)
    const below = (n) => Math.floor(next() * n)
    const pick = (...options) => options[below(options.length)]
    const kinds = {}
    let names = []
    let parts = [] // { text, closed }: what was made, and that with the names that it knows given
    let open = [] // those that know a name which is not given yet
    const keep = (part) => (names.some((name) => part.closed.match(`\\b${name}\\b`)) ? open : parts).push(part)

    /** An expression of a kind; now and then one of another kind, or null. */
    function make(kind, depth) {
        const wrong = next()
        if (depth > 0 && wrong < 0.015) return 'null'
        // No range where none belongs: feelin counts one through, whatever its ends, and never ends.
        if (depth > 0 && wrong < 0.03) kind = pick(...Object.keys(kinds).filter((name) => name !== 'range'))
        const { simple, built } = kinds[kind]
        const made = depth <= 0 || next() < 0.2 ? pick(...simple)() : pick(...built)(depth - 1)
        keep({ text: made, closed: made })
        return made
    }
    const number = (d) => make('number', d)
    const text = (d) => make('text', d)
    const truth = (d) => make('truth', d)
    const list = (d) => make('list', d)
    const texts = (d) => make('texts', d)
    const context = (d) => make('context', d)
    const date = (d) => make('date', d)
    const days = (d) => make('days', d)
    const months = (d) => make('months', d)
    const range = (d) => make('range', d)
    const two = (n) => String(n).padStart(2, '0')
    const day = () => `${pick(1999, 2000, 2023, 2024, 2026)}-${two(1 + below(12))}-${two(1 + below(28))}`
    const order = () => pick('<', '<=', '>', '>=', '=', '!=')

    /** An expression in which more names are known, as numbers; `give(part)` gives them to a part of it. */
    function knowing(known, make_it, give) {
        const [names_before, open_before] = [names, open]
        names = [...names, ...known]
        open = []
        const made = make_it()
        const inside = open
        ;[names, open] = [names_before, open_before]
        for (const { text, closed } of inside) keep({ text, closed: give(closed) })
        return made
    }
    /** `for x in ...`, and what knows x. */
    const over = (d) => {
        const all = list(d)
        return [all, knowing(['x'], () => number(d), (part) => `(for x in ${all} return ${part})`)]
    }

    kinds.number = {
        simple: [
            () => String(below(10)),
            () => String(below(2000) - 1000),
            () => `${below(100)}.${1 + below(9)}`,
            () => (names.length ? pick(...names) : String(below(5))),
        ],
        built: [
            (d) => `(${number(d)} ${pick('+', '-', '*')} ${number(d)})`,
            (d) => `(${number(d)} / ${pick('2', '4', '5', '8', number(d))})`,
            (d) => `(${pick(2, 3, 10, -2)} ** ${below(6)} + ${number(d)})`,
            (d) => `-(${number(d)})`,
            (d) => `${pick('abs', 'floor', 'ceiling')}(${number(d)})`,
            (d) => `${pick('decimal', 'round up', 'round down', 'round half up', 'round half down')}(${number(d)}, ${below(3)})`,
            (d) => `modulo(${number(d)}, ${pick(number(d), 3, -4)})`,
            (d) => `${pick('count', 'sum', 'min', 'max', 'mean', 'median', 'product', 'stddev')}(${list(d)})`,
            (d) => `count(${pick(texts, list)(d)})`,
            (d) => `(${list(d)})[${pick(1, 2, -1, 3)}]`,
            (d) => `string length(${text(d)})`,
            (d) => `number("${below(1000)}.${below(10)}")`,
            (d) => `(${context(d)}).a`,
            (d) => `get value(${context(d)}, "a")`,
            (d) => `(if ${truth(d)} then ${number(d)} else ${number(d)})`,
            (d) => `(${date(d)}).${pick('year', 'month', 'day', 'weekday')}`,
            (d) => `(${days(d)}).${pick('days', 'hours', 'minutes')}`,
            (d) => `(${months(d)}).${pick('years', 'months')}`,
            (d) => `index of(${list(d)}, ${number(d)})[1]`,
            (d) => {
                const given = number(d)
                return `(function(p) p + ${knowing(['p'], () => number(d), (part) => `(function(p) ${part})(${given})`)})(${given})`
            },
        ],
    }
    kinds.text = {
        simple: [() => pick('"户"', '"abc"', '"A b"', '""', '"低收入"', '"x,y;z"', '"2024"')],
        built: [
            (d) => `(${text(d)} + ${text(d)})`,
            (d) => `substring(${text(d)}, ${pick(1, 2, -1, -2)}${pick('', ', 1', ', 2')})`,
            (d) => `${pick('upper case', 'lower case')}(${text(d)})`,
            (d) => `${pick('substring before', 'substring after')}(${text(d)}, ${text(d)})`,
            (d) => `replace(${text(d)}, "${pick('[a-c]', 'b', '收', '\\\\d+')}", "${pick('-', '', '入')}")`,
            (d) => `string join(${texts(d)}, "${pick(',', '', '; ')}")`,
            () => `string(${below(100000)})`,
            (d) => `string(${truth(d)})`,
            (d) => `string(${date(d)})`,
            (d) => `(if ${truth(d)} then ${text(d)} else ${text(d)})`,
            (d) => `(${context(d)}).b`,
        ],
    }
    kinds.truth = {
        simple: [() => 'true', () => 'false'],
        built: [
            (d) => `(${number(d)} ${order()} ${number(d)})`,
            (d) => `(${text(d)} ${order()} ${text(d)})`,
            (d) => `(${date(d)} ${order()} ${date(d)})`,
            (d) => `(${pick(days, months)(d)} ${pick('<', '>', '=')} ${pick(days, months)(d)})`,
            (d) => `(${list(d)} ${pick('=', '!=')} ${list(d)})`,
            (d) => `(${truth(d)} ${pick('and', 'or')} ${truth(d)})`,
            (d) => `not(${truth(d)})`,
            (d) => `(${number(d)} in ${range(d)})`,
            (d) => `(${number(d)} between ${number(d)} and ${number(d)})`,
            (d) => `(${number(d)} in (${order()} ${number(d)}, ${range(d)}))`,
            (d) => {
                const [all, one] = over(d)
                return `(${pick('some', 'every')} x in ${all} satisfies x ${order()} ${one})`
            },
            (d) => `${pick('contains', 'starts with', 'ends with')}(${text(d)}, ${text(d)})`,
            (d) => `list contains(${list(d)}, ${number(d)})`,
            (d) => `matches(${text(d)}, "${pick('^[a-z]+$', '收', '\\\\d{4}', 'A.b')}")`,
            (d) => `${pick('all', 'any')}([${truth(d)}, ${truth(d)}])`,
            (d) => `${pick('before', 'after')}(${pick(number, range)(d)}, ${range(d)})`,
            (d) => `${pick('overlaps', 'meets', 'met by', 'includes', 'during', 'starts', 'started by', 'finishes', 'finished by', 'coincides', 'overlaps before', 'overlaps after')}(${range(d)}, ${range(d)})`,
            (d) => `(${pick(number, text, truth, list)(d)} = null)`,
        ],
    }
    kinds.list = {
        simple: [
            () => '[]',
            () => `[${below(9)}, ${below(9)}, ${below(9)}]`,
            () => `[${below(99)}.5, ${-below(50)}]`,
        ],
        built: [
            (d) => `[${number(d)}, ${number(d)}]`,
            (d) => `(${list(d)})[item ${order()} ${number(d)}]`,
            (d) => {
                const [all, one] = over(d)
                return `(for x in ${all} return ${one})`
            },
            (d) => {
                const loop = `for x in ${below(4)}..${below(6)} return`
                return `(${loop} ${knowing(['x'], () => number(d), (part) => `(${loop} ${part})`)})`
            },
            (d) => {
                const loop = `for x in ${list(0)}, y in ${list(0)} return`
                return `(${loop} ${knowing(['x', 'y'], () => number(d), (part) => `(${loop} ${part})`)})`
            },
            (d) => `append(${list(d)}, ${number(d)})`,
            (d) => `${pick('concatenate', 'union')}(${list(d)}, ${list(d)})`,
            (d) => `insert before(${list(d)}, ${pick(1, 2, -1)}, ${number(d)})`,
            (d) => `remove(${list(d)}, ${pick(1, 2, -1)})`,
            (d) => `list replace(${list(d)}, ${pick(1, 2, -1)}, ${number(d)})`,
            (d) => `${pick('reverse', 'distinct values', 'mode')}(${list(d)})`,
            (d) => `flatten([${list(d)}, [${list(d)}]])`,
            (d) => `sublist(${list(d)}, ${pick(1, 2, -1, -2)}${pick('', ', 1', ', 2')})`,
            (d) => `sort(${list(d)}, function(x, y) x ${pick('<', '>')} y)`,
            (d) => `index of(${list(d)}, ${number(d)})`,
        ],
    }
    kinds.texts = {
        simple: [() => '["b", "a", "户"]', () => '[]', () => '["x"]'],
        built: [
            (d) => `[${text(d)}, ${text(d)}]`,
            (d) => `split(${text(d)}, "${pick(',', ';', 'b')}")`,
            (d) => `(${texts(d)})[item != ${text(d)}]`,
            (d) => `distinct values(${texts(d)})`,
            (d) => `reverse(${texts(d)})`,
        ],
    }
    kinds.context = {
        simple: [() => `{a: ${below(9)}, b: "户"}`, () => '{}'],
        built: [
            (d) => `{a: ${number(d)}, b: ${text(d)}}`,
            (d) => {
                const a = number(d)
                return `{a: ${a}, c: ${knowing(['a'], () => number(d), (part) => `({a: ${a}, c: ${part}}).c`)}}`
            },
            (d) => `context put(${context(d)}, "${pick('a', 'c')}", ${number(d)})`,
            (d) => `context merge([${context(d)}, ${context(d)}])`,
            (d) => `context([{key: "a", value: ${number(d)}}])`,
        ],
    }
    kinds.date = {
        simple: [() => `date("${day()}")`, () => `@"${day()}"`],
        built: [
            (d) => `(${date(d)} ${pick('+', '-')} ${days(d)})`,
            (d) => `(${date(d)} ${pick('+', '-')} ${months(d)})`,
            () => `date(${2000 + below(30)}, ${1 + below(13)}, ${1 + below(31)})`,
        ],
    }
    kinds.days = {
        simple: [() => `duration("${pick('P1D', 'P30D', 'PT36H', '-P2D', 'P1DT2H3M', 'PT0S')}")`],
        built: [
            (d) => `(${date(d)} - ${date(d)})`,
            (d) => `(${days(d)} ${pick('+', '-')} ${days(d)})`,
            (d) => `(${days(d)} * ${pick(2, 3, -1)})`,
            (d) => `abs(${days(d)})`,
        ],
    }
    kinds.months = {
        simple: [() => `duration("${pick('P1Y', 'P14M', '-P2M', 'P2Y3M', 'P0M')}")`],
        built: [
            (d) => `years and months duration(${date(d)}, ${date(d)})`,
            (d) => `(${months(d)} ${pick('+', '-')} ${months(d)})`,
            (d) => `(${months(d)} * ${pick(2, 3, -1)})`,
        ],
    }
    kinds.range = {
        simple: [() => `${pick('[', '(')}${below(5)}..${5 + below(5)}${pick(']', ')')}`],
        built: [(d) => `${pick('[', '(')}${number(d)}..${number(d)}${pick(']', ')')}`],
    }

    for (let i = 0; i < count; i++) {
        parts = []
        const text = make(pick('number', 'text', 'truth', 'list', 'texts', 'context', 'days', 'months', 'date'), 1 + below(4))
        yield { text, parts }
    }
}
