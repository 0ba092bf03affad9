// What the insurance charts show, as values; PlainChart draws them.
import type { Schemas } from '@/api/client'

export type Drawing = Record<string, unknown>

const dark = '#0a524e'
const light = '#6aaba5'
const warn = '#a3541a'
const ink = '#4d5b61'
const rule = { lineStyle: { color: '#e2e7e8' } }

const frame = (): Drawing => ({
  animation: false,
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
  grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
  legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: ink } },
  tooltip: { trigger: 'axis' },
})
const category = (data: string[]) => ({ type: 'category', data, axisTick: { show: false }, axisLabel: { color: ink, hideOverlap: true } })
const values = (name: string, min?: number | string) => ({ type: 'value', name, nameTextStyle: { color: ink, align: 'left' }, splitLine: rule, axisLabel: { color: ink }, ...(min === undefined ? {} : { min }) })

/** The days of a series; with `sum`, what has come together so far, and the thresholds that count. */
export function seriesDrawing(points: string[][], bars: boolean, label: string, sum?: { label: string; lines: { name: string; at: number }[] }): Drawing {
  const days = points.map(([day]) => day!)
  const measured = points.map(([, value]) => Number(value))
  let so_far = 0
  const summed = measured.map((value) => Math.round((so_far += value) * 10_000) / 10_000)
  return {
    ...frame(),
    xAxis: category(days),
    yAxis: [values('', bars ? 0 : 'dataMin'), ...(sum ? [{ ...values('', 0), splitLine: { show: false } }] : [])],
    series: [
      bars ? { name: label, type: 'bar', data: measured, itemStyle: { color: light } } : { name: label, type: 'line', data: measured, showSymbol: points.length < 2, lineStyle: { color: dark, width: 1.5 }, itemStyle: { color: dark } },
      ...(sum
        ? [
            {
              name: sum.label,
              type: 'line',
              yAxisIndex: 1,
              data: summed,
              showSymbol: false,
              lineStyle: { color: dark, width: 2 },
              itemStyle: { color: dark },
              markLine: { silent: true, symbol: 'none', lineStyle: { color: warn, type: 'dashed' }, label: { position: 'insideEndTop', color: warn, formatter: '{b}' }, data: sum.lines.map(({ name, at }) => ({ name, yAxis: at })) },
            },
          ]
        : []),
    ],
  }
}

/** What each year would have paid, in per cent of the sum insured, against the mean and the premium asked. */
export function burnDrawing(burn: Schemas['InsuranceBurn'], words: { paid: string; mean: string; rate: string }): Drawing {
  const percent = (share: string) => Math.round(Number(share) * 10_000) / 100
  return {
    ...frame(),
    xAxis: category(burn.items.map((year) => String(year.season))),
    yAxis: { ...values('', 0), axisLabel: { color: ink, formatter: '{value}%' } },
    series: [
      {
        name: words.paid,
        type: 'bar',
        barMaxWidth: 36,
        data: burn.items.map((year) => (year.share === null ? null : percent(year.share))),
        itemStyle: { color: light },
        markLine: {
          silent: true,
          symbol: 'none',
          data: [
            { name: words.mean, yAxis: percent(burn.mean), lineStyle: { color: dark }, label: { formatter: `${words.mean} ${percent(burn.mean)}%`, position: 'insideStartTop', color: dark } },
            { name: words.rate, yAxis: percent(burn.rate), lineStyle: { color: warn, type: 'dashed' }, label: { formatter: `${words.rate} ${percent(burn.rate)}%`, position: 'insideEndTop', color: warn } },
          ],
        },
      },
    ],
  }
}

/** Worth now and at the end, over the futures price. */
export function putDrawing(curve: Schemas['InsuranceValuation']['curve'], words: { payoff: string; value: string }): Drawing {
  const line = (name: string, key: 'payoff' | 'value', color: string, type: string) => ({ name, type: 'line', showSymbol: false, lineStyle: { color, width: 2, type }, itemStyle: { color }, data: curve.map((point) => Math.round(point[key] * 100) / 100) })
  return {
    ...frame(),
    xAxis: category(curve.map((point) => String(Math.round(point.futures)))),
    yAxis: values('', 0),
    series: [line(words.payoff, 'payoff', warn, 'dashed'), line(words.value, 'value', dark, 'solid')],
  }
}
