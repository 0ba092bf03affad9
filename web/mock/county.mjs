// An invented county for working on the screens: some 240 households, always the same. Not part of the product; the
// real demo county comes from the program itself.
const surnames = ['吉克', '阿尔', '沙马', '曲比', '马海', '勒格', '俄木', '吉木', '王', '李', '张', '罗', '陈', '杨']
const given = ['阿依', '木呷', '伍果', '拉博', '尔古', '子拉', '秀英', '建国', '玉兰', '志强', '日铁', '石以', '小军', '芳']
export const villages = [
  ['513431101201', '谷都村', '城北镇'],
  ['513431101202', '瓦伍社区', '城北镇'],
  ['513431102203', '拉青村', '解放沟镇'],
  ['513431102205', '火普村', '解放沟镇'],
  ['513431104201', '三岔河村', '三岔河镇'],
  ['513431108204', '庆恒村', '四开镇'],
]
const county = { code: '513431000000', name: '昭觉县', level: 'county', path: '四川省 凉山彝族自治州' }
const townships = ['城北镇', '解放沟镇', '三岔河镇', '四开镇'].map((name, i) => ({
  code: `5134311${['01', '02', '04', '08'][i]}000`,
  name,
  level: 'township',
  path: '四川省 凉山彝族自治州 昭觉县',
}))

let seed = 7
const next = (n) => ((seed = (seed * 48271) % 2147483647), seed % n)
const pick = (list) => list[next(list.length)]
const chance = (percent) => next(100) < percent
const coded = (code, label) => ({ code, label })

export const areas = { county, townships }
export const area = ([code, name, township]) => ({ code, name, level: 'village', path: `四川省 凉山彝族自治州 昭觉县 ${township}` })
const name = (surname) => (surname.length === 2 ? `${surname}·${pick(given)}` : surname + pick(given))

const parameter = (title, value, unit, from, authority, assumed) => ({ name: title, title, value: String(value), unit, from, authority, assumed })
const line = parameter('防止返贫监测线(人均年)', 820000, 'fen', '2025-01-01', 'assumed', true)
const line2024 = parameter('防止返贫监测线(人均年)', 780000, 'fen', '2024-01-01', 'assumed', true)

function person(id, who, relation, birthYear, sex, head) {
  const pupil = birthYear >= 2010 && birthYear <= 2019
  const old = birthYear < 1962
  const works = !pupil && !old && birthYear < 2008 && chance(60)
  return {
    id: String(id), name: who, is_head: head, relation, sex: coded(sex, sex === '1' ? '男' : '女'),
    birth: `${birthYear}-0${1 + next(9)}-1${next(9)}`, age: 2026 - birthYear,
    id_masked: birthYear === 2025 ? null : `513431********${String(1000 + next(9000)).slice(0, 3)}${chance(10) ? 'X' : next(10)}`,
    id_notes: [], phone_masked: head ? '138****8000' : null,
    ethnic: coded('07', '彝族'), education: coded('2', pick(['小学', '初中', '文盲或半文盲'])),
    student: pupil ? coded('02', pick(['小学', '七年级', '八年级'])) : coded('00', '非在校生'),
    labour: old || birthYear > 2009 ? coded('5', '无劳动力') : coded('1', pick(['普通劳动力', '技能劳动力', '弱劳动力或半劳动力'])),
    health_masked: old ? chance(50) : chance(12),
    work_place: works ? coded('4', pick(['省外', '县外省内', '乡外县内'])) : null, work_months: works ? 3 + next(9) : null,
    public_post: !works && !old && chance(15) ? coded('02', pick(['保洁员', '护林员'])) : null,
    medical_insurance: coded('1', chance(95) ? '城乡居民' : '未参保'), pension: old ? coded('3', '领取') : coded('1', pupil ? '未参保' : '城乡居民'),
    aid: old && chance(30) ? [coded('dibao', '低保')] : [], active: true, ended: null,
    origin: { source: '登记簿导入 2025-01-10', since: '2025-01-10' },
  }
}

function incomeYear(year, members, level, parameterOfYear) {
  const items = [
    ['I1', '工资性收入', 1, level * 60 * members], ['I2', '生产经营性收入', 1, level * 34 * members], ['E1', '生产经营性支出', -1, level * 12 * members],
    ['I3', '财产性收入', 1, level * 3 * members], ['I4.dibao', '低保金', 1, level * 5 * members], ['I4.pension', '养老金', 1, level * 4 * members],
    ['I4.ecology', '生态补偿金', 1, level * 3 * members], ['D1', '合规自付支出', -1, year === 2025 ? level * 22 * members : level * 4 * members], ['D2', '理赔收入', 1, year === 2025 ? level * 2 * members : 0],
  ].map(([code, label, sign, amount]) => ({ code, label, sign, amount_fen: Math.round(amount) * 100, part_of: code[0] === 'D' ? 'deducted' : 'net' }))
  const sum = (list) => list.reduce((total, item) => total + item.sign * item.amount_fen, 0)
  const net = sum(items.filter((item) => item.part_of === 'net'))
  const deducted = sum(items)
  return {
    year, window: { first: `${year - 1}-10-01`, last: `${year}-09-30` }, items, members, net_fen: net, deducted_fen: deducted,
    pc_net_fen: Math.round(net / members), pc_deducted_fen: Math.round(deducted / members), line: parameterOfYear,
    below_line: deducted / members < Number(parameterOfYear.value), origin: { source: `登记簿导入 ${year}-11-20`, since: `${year}-11-20` },
  }
}

const rules = [
  ['R04', 'red', '01', '因病', '年度累计自付超过农村居民人均可支配收入一半', '年度累计个人自付 12,846.30 元,达到 10,210.00 元', 'R04 的自付累计不再超过阈值,或入户核实后确认风险已消除'],
  ['R01', 'orange', '01', '因病', '脱贫户住院年度自付达到阈值', '住院年度个人自付 6,210.00 元,达到 5,000.00 元', '入户核实并落实救助后,由县级确认;或医保更正了所引数据'],
  ['R10', 'red', '11', '失学辍学', '义务教育阶段适龄儿童不在校', '1 名 6–15 周岁成员不在校,且无免学手续', '教育局下一批就读名单中该生为在读'],
  ['R26', 'orange', '12', '收入下降', '扣减后人均纯收入低于监测线', '扣减后人均 6,890.00 元,低于 8,200.00 元', '重新测算后不低于监测线'],
  ['R09', 'yellow', '02', '因残', '户内残疾人不少于 2 人', '户内持证残疾人 2 人', '户内持证残疾人少于 2 人'],
  ['R07', 'yellow', '01', '因病', '未参加本年度基本医疗保险', '1 名成员未参保,本年度参保期未结束', '医保局参保名单中该成员为已参保'],
]
let warningId = 900

export const households = []
export const warnings = []
let personId = 1000
for (let i = 0; i < 240; ++i) {
  const village = area(pick(villages))
  const surname = pick(surnames)
  const headName = name(surname)
  const year = 1958 + next(35)
  const members = [person(++personId, headName, coded('01', '户主'), year, '1', true)]
  if (chance(80)) members.push(person(++personId, name(pick(surnames)), coded('02', '配偶'), year + 2, '2', false))
  for (let n = next(4); n > 0; --n) members.push(person(++personId, name(surname), coded(chance(50) ? '03' : '04', chance(50) ? '之子' : '之女'), Math.min(2025, year + 22 + n * 3), '1', false))
  if (chance(25)) members.push({ ...person(++personId, name(surname), coded('11', '之父'), year - 24, '1', false), active: false, ended: '2025-06-02' })
  const present = members.filter((one) => one.active).length
  const kind = pick(['ordinary', 'ordinary', 'ex_poor', 'ex_poor', 'monitored'])
  const level = 70 + next(90)
  const id = String(i + 1)
  const head = {
    id, household_no: `51343110${String(1000 + i)}`, head_name: headName, village, kind, members: present, worst_level: null, warnings: 0,
  }
  const guarantee = (code, label, status, evidence) => ({ item: coded(code, label), status, assessed_on: '2026-03-18', assessed_by: '沙马木呷', expires_on: '2027-03-17', expired: false, evidence })
  const house = pick(['secured', 'secured', 'secured', 'not_secured'])
  const detail = {
    id, household_no: head.household_no, version: 3, village, path: `${village.path} ${village.name}`, group_name: pick(['一组', '二组', '三组']), address: null,
    kind, kind_label: { ordinary: '一般农户', ex_poor: '脱贫户', monitored: '监测户' }[kind], flags: chance(30) ? [coded('dibao', '低保')] : [], head_name: headName,
    phone_masked: '138****8000', bank_masked: '**** **** **** 1234', poverty_year_in: kind === 'ordinary' ? null : 2014, poverty_year_out: kind === 'ordinary' ? null : 2019,
    facts: [
      ['住房', 'house', '结构', '砖混', ''], ['住房', 'house_area', '面积', '96.00', '平方米'], ['住房', 'house_grade', '安全等级', house === 'secured' ? 'B' : 'C', ''], ['住房', 'house_built', '建成年份', '2017', ''],
      ['饮水', 'water', '来源', '自来水', ''], ['饮水', 'fetch', '取水往返', '5', '分钟'], ['土地', 'field', '耕地', '4.20', '亩'], ['土地', 'forest', '林地', '11.50', '亩'], ['设施', 'road', '通户道路', '硬化路', ''], ['设施', 'toilet', '卫生厕所', '有', ''],
    ].map(([section, field, label, value, unit]) => ({ section, field, label, value, unit })),
    members, incomes: [incomeYear(2025, present, level, line), incomeYear(2024, present, level * 1.1, line2024)],
    guarantees: [
      guarantee('food', '不愁吃', 'secured', '入户走访'), guarantee('clothing', '不愁穿', 'secured', '入户走访'), guarantee('education', '义务教育', chance(6) ? 'at_risk' : 'secured', '教育局就读名单 2026-03'),
      guarantee('medical', '基本医疗', 'secured', '医保局参保名单 2026-02'), guarantee('housing', '住房安全', house, house === 'secured' ? '鉴定 B 级' : '鉴定 C 级,未改造'), { ...guarantee('water', '饮水安全', 'secured', '水质合格'), expired: chance(10), expires_on: '2026-03-01' },
    ],
    warnings: [], findings: chance(12) ? [{ id: 'registry.work_without_wage', severity: 'warning', message: '有成员填报务工月数,但没有工资性收入;请核对两项。' }] : [], origin: { source: '登记簿导入 2025-01-10', since: '2025-01-10' }, may: ['edit', 'unmask', 'export'],
  }
  const found = i === 0 ? [rules[1], rules[3], rules[4]] : chance(22) ? [pick(rules)] : []
  for (const [rule, level_, risk, riskLabel, title, summary, clears] of found) {
    const warning = {
      id: String(++warningId), household: head, level: level_, risk: coded(risk, riskLabel), rule, title, raised_on: `2026-11-${10 + next(12)}`,
      visit_by: `2026-11-${22 + next(7)}`, state: 'open', summary, decision: '医疗支出预警', decision_row: 2,
      inputs: [{ name: 'ex', label: '脱贫户或监测户', value: '是' }, { name: 'hosp_self_paid_ytd', label: '住院年度个人自付', value: '621000', unit: 'fen' }],
      parameters: [parameter('脱贫户住院自付阈值', 500000, 'fen', '2024-01-01', '县级部门筛查口径(示例)', false), line],
      rows: [{ batch: '3', row: 1204, sheet: '住院', department: '医保局', title: '住院及门诊费用明细', file: '医保局_费用明细_513431_202511.xlsx', period: '2026-10', received: '2026-11-05T09:12:00+08:00', person_name: members[0].name,
        values: [{ title: '医疗类别', value: '住院' }, { title: '出院日期', value: '2026-10-21' }, { title: '个人自付', value: '6,210.00' }] }],
      clears_when: clears, pack: { name: 'screening', version: '2026.1', hash: '9f2c51d07ab34e' }, merged: 0,
    }
    detail.warnings.push(warning)
    warnings.push(warning)
  }
  const order = ['red', 'orange', 'yellow']
  detail.warnings.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
  head.worst_level = detail.warnings[0]?.level ?? null
  head.warnings = detail.warnings.length
  households.push({ line: head, detail })
}
warnings.sort((a, b) => ['red', 'orange', 'yellow'].indexOf(a.level) - ['red', 'orange', 'yellow'].indexOf(b.level))

export function historyOf(detail) {
  const change = (id, at, field, label, old, now, since, source, by, who) => ({ id: String(id), at, field, label, old, new: now, since, source, by, person: who ? '1' : null, person_name: who ?? null })
  return [
    change(1, '2026-11-05T09:13:00+08:00', 'housing', '住房安全', '未核查', '有保障', '2026-11-01', '住建局 2026-10', 'system:feeds'),
    change(2, '2026-09-12T15:40:00+08:00', 'labour', '劳动技能', '普通劳动力', '弱劳动力或半劳动力', '2026-09-10', '入户核实', '沙马木呷', detail.head_name),
    change(3, '2026-09-12T15:40:00+08:00', 'work_months', '务工月数', '9', '4', '2026-09-10', '入户核实', '沙马木呷', detail.head_name),
    change(4, '2025-01-10T10:00:00+08:00', 'kind', '户类型', null, detail.kind_label, '2025-01-10', '登记簿导入 2025-01-10', 'system:import'),
  ]
}
