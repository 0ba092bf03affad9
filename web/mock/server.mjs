// Answers the routes of the contract with the invented county, for working on the screens without the program.
// Start: node mock/server.mjs [port] [folder of the built front end]
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { area, areas, historyOf, households, villages, warnings } from './county.mjs'

const port = Number(process.argv[2] ?? 8089)
const folder = process.argv[3]
const sessions = new Set()
const audit = []
const rights = ['registry_read', 'registry_write', 'registry_import', 'registry_export', 'registry_unmask', 'feeds_read', 'feeds_upload', 'warnings_read', 'screening_run', 'audit_read']
const county = areas.county
const user = { id: '3', account: 'county', name: '李玉兰', active: true, grants: [{ role: 'county_officer', role_title: '县级工作人员', area: county }] }
const department = { code: 'medical', label: '医保局' }
const columns = ['姓名', '身份证号', '人员类别', '就诊医院', '医疗类别', '入院日期', '出院日期', '总费用(元)', '个人自付(元)', '年度累计自付(元)'].map((title, i) => ({ title, required: i < 2, type: 'text', sealed: i === 1 }))
const contracts = [
  { id: 'medical.expenses', department, title: '住院及门诊费用明细', period: '每月 5 日前', authority: '县医保局与县乡村振兴局约定(示例)', columns, last: null },
  { id: 'medical.uninsured', department, title: '未参保名单', period: '每年 3 月', authority: 'assumed', columns: columns.slice(0, 2), last: null },
  { id: 'education.status', department: { code: 'education', label: '教育局' }, title: '就读状况', period: '每学期初', authority: 'assumed', columns: columns.slice(0, 2), last: null },
]
const batches = [
  batch('3', contracts[0], '医保局_费用明细_513431_202510.xlsx', '2026-10', 1408, [1204, 96, 61, 47]),
  batch('2', contracts[2], '教育局_就读状况_513431_202509.csv', '2026-09', 820, [798, 12, 8, 2]),
  batch('1', contracts[1], '医保局_未参保名单_513431_202603.xlsx', '2026-03', 133, [120, 6, 5, 2]),
]
const jobs = new Map()
const imports = [importOf('1', 'ready'), importOf('2', 'applied')]

function importOf(id, state) {
  return { id, name: `登记簿_昭觉县_${id}.xlsx`, state, received: '2026-11-20T10:02:00+08:00', by: '李玉兰', job: null, counts: { households: 238, persons: 912, new: 14, changed: 37, unchanged: 854, rejected: 7 } }
}
function batch(id, contract, file, period, rows, [matched, candidate, unmatched, invalid]) {
  return {
    id, feed: contract.id, title: contract.title, department: contract.department, file, period, received: `${period}-28T09:12:00+08:00`, by: '马海伍果', state: 'applied', job: null, same_as: null, warnings_raised: 31,
    counts: { rows, accepted: matched + candidate + unmatched, matched, candidate, unmatched, invalid, totals_dropped: 1 },
    reasons: [
      { state: 'invalid', reason: 'feeds.id_damaged', label: '身份证号已被电子表格损坏(科学计数法)', count: invalid - 1 }, { state: 'invalid', reason: 'feeds.bad_date', label: '日期不存在', count: 1 },
      { state: 'candidate', reason: 'feeds.name_differs', label: '身份证号相同,姓名不同', count: candidate - 4 }, { state: 'candidate', reason: 'feeds.name_and_village', label: '没有可用的身份证号,姓名与村相同且唯一', count: 4 },
      { state: 'unmatched', reason: 'feeds.not_registered', label: '不在登记簿中', count: unmatched },
    ],
  }
}
const page = (items, query) => {
  const size = Number(query.get('size') ?? 20)
  const from = (Number(query.get('page') ?? 1) - 1) * size
  return { total: items.length, items: items.slice(from, from + size) }
}
const refuse = (status, id, kind, message) => ({ status, body: { error: { id, kind, message, args: {}, number: 'B7K2-' + String(audit.length + 1).padStart(4, '0') } } })
const ok = (body, status = 200) => ({ status, body })
const note = (action, object, purpose = '', details = '{}') => audit.unshift({ id: String(audit.length + 1), chain: '513431', sequence: audit.length + 1, at: new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 19) + '+08:00', account: 'county', role: 'county_officer', action, action_label: { 'auth.sign_in': '登录', 'registry.unmask': '查看明文', 'feeds.receive': '接收部门数据' }[action] ?? action, object, area: county.code, purpose, details })

function rowsOf(one, state, reason) {
  const reasons = one.reasons.filter((each) => (!state || each.state === state) && (!reason || each.reason === reason))
  const rows = []
  const push = (rowState, why, n) => {
    for (let i = 0; i < n; ++i) {
      const { detail } = households[(rows.length * 7) % households.length]
      const someone = detail.members[0]
      const sent = why?.reason === 'feeds.name_differs' ? someone.name.replace('·', '').slice(0, -1) + '衣' : someone.name
      rows.push({
        id: String(rows.length + 1), sheet: '住院', row: rows.length + 3, state: rowState, reason: why?.reason ?? null, message: why ? `${why.label}。请核对原始证件后更正,再次报送。` : null, column: rowState === 'invalid' ? '身份证号' : null,
        name: sent, id_masked: someone.id_masked, village: detail.village.name, values: [{ title: '医疗类别', value: '住院' }, { title: '出院日期', value: '2026-10-21' }, { title: '个人自付', value: '6,210.00' }],
        persons: rowState === 'matched' || rowState === 'candidate' ? [{ person: someone.id, household: detail.id, name: someone.name, id_masked: someone.id_masked, village: detail.village.name, birth: someone.birth, sex: someone.sex.label, why: why?.label }] : [],
      })
    }
  }
  if ((!state || state === 'matched') && !reason) push('matched', undefined, one.counts.matched)
  for (const why of reasons) push(why.state, why, why.count)
  return rows
}

function startJob(kind, result, act) {
  const id = String(jobs.size + 1)
  const job = { id, kind, state: 'running', stage: 'linking', done: 0, total: 60000, unit: 'rows', can_stop: true, result: {} }
  jobs.set(id, job)
  const timer = setInterval(() => {
    if (job.state !== 'running') return clearInterval(timer)
    job.done = Math.min(job.total, job.done + 5000)
    if (job.done === job.total) {
      act?.()
      Object.assign(job, { state: 'done', result })
    }
  }, 250)
  return id
}

const routes = [
  ['GET', '/api/areas/search', ({ query }) => {
    const q = query.get('q')
    const all = [county, ...areas.townships, ...villages.map(area)]
    return ok({ items: all.filter((one) => one.name.includes(q) || one.code.startsWith(q)).slice(0, 12) })
  }],
  ['GET', '/api/areas/:id', ({ id }) => {
    const nation = { code: '000000000000', name: '中华人民共和国', level: 'nation' }
    const province = { code: '510000000000', name: '四川省', level: 'province' }
    const prefecture = { code: '513400000000', name: '凉山彝族自治州', level: 'prefecture', path: '四川省' }
    const above = [province, prefecture, county]
    if (id === nation.code) return ok({ ...nation, parents: [], children: [province] })
    if (id === province.code) return ok({ ...province, parents: [], children: [prefecture] })
    if (id === prefecture.code) return ok({ ...prefecture, parents: [province], children: [county] })
    if (id === county.code) return ok({ ...county, parents: [province, prefecture], children: areas.townships })
    const township = areas.townships.find((one) => one.code === id)
    if (township) return ok({ ...township, parents: above, children: villages.map(area).filter((one) => one.code.startsWith(id.slice(0, 9))) })
    const village = villages.map(area).find((one) => one.code === id)
    if (village) return ok({ ...village, parents: [...above, areas.townships.find((one) => village.code.startsWith(one.code.slice(0, 9)))], children: [] })
    return refuse(404, 'areas.unknown', 'not_found', '没有这个区划代码。请检查 12 位代码,或按名称查找。')
  }],
  ['POST', '/api/registry/search', ({ body }) => {
    const found = households.filter(({ line, detail }) => line.household_no.includes(body.q) || detail.members.some((one) => one.name.replaceAll('·', '').includes(body.q.replaceAll('·', ''))))
    return ok(page(found.map(({ line, detail }) => {
      const other = detail.members.find((one) => one.name.includes(body.q))
      return other && !other.is_head ? { ...line, found: { person: other.id, name: other.name, relation: other.relation.label } } : line
    }), new URLSearchParams({ page: body.page ?? 1, size: body.size ?? 20 })))
  }],
  ['GET', '/api/registry/summary', () => {
    const by_kind = ['ordinary', 'ex_poor', 'monitored'].map((kind) => {
      const those = households.filter(({ line }) => line.kind === kind)
      return { kind, households: those.length, persons: those.reduce((sum, { line }) => sum + line.members, 0) }
    })
    return ok({ area: county, households: households.length, persons: by_kind.reduce((sum, one) => sum + one.persons, 0), by_kind, by_child: areas.townships.map((township) => {
      const those = households.filter(({ line }) => line.village.code.startsWith(township.code.slice(0, 9)))
      return { area: township, households: those.length, persons: those.reduce((sum, { line }) => sum + line.members, 0) }
    }) })
  }],
  ['GET', '/api/registry/households', ({ query }) => {
    const ids = query.get('ids')?.split(',')
    return ok(page(households.map(({ line }) => line).filter((line) => (!ids || ids.includes(line.id)) && (!query.get('kind') || line.kind === query.get('kind')) && (!query.get('area') || line.village.code.startsWith(query.get('area').replace(/(000)+$/, '')))), query))
  }],
  ['GET', '/api/registry/households/:id/history', ({ id, query }) => ok(page(historyOf(households[Number(id) - 1].detail), query))],
  ['GET', '/api/registry/households/:id', ({ id }) => (households[Number(id) - 1] ? ok(households[Number(id) - 1].detail) : refuse(404, 'registry.no_such_household', 'not_found', '没有这一户,或不在您的工作范围内。请从登记簿查找。'))],
  ['POST', '/api/registry/persons/:id/reveal', ({ id, body }) => (note('registry.unmask', `person:${id}`, body.purpose), ok({ value: body.field === 'id_number' ? '51343119800101123X' : body.field === 'phone' ? '13800008000' : '长期慢性病' }))],
  ['POST', '/api/registry/households/:id/reveal', ({ id, body }) => (note('registry.unmask', `household:${id}`, body.purpose), ok({ value: '6228480000000001234' }))],
  ['GET', '/api/registry/imports', ({ query }) => ok(page(imports, query))],
  ['POST', '/api/registry/imports', () => {
    const made = importOf(String(imports.length + 1), 'ready')
    return ok({ job: startJob('registry.import', { import: made.id }, () => imports.unshift(made)) }, 202)
  }],
  ['GET', '/api/registry/imports/:id/rows', ({ id, query }) => {
    const counts = imports.find((one) => one.id === id).counts
    const rows = []
    for (const verdict of ['rejected', 'changed', 'new', 'unchanged'])
      for (let i = 0; i < counts[verdict]; ++i) {
        const { detail } = households[i % households.length]
        rows.push({ sheet: '人员', row: rows.length + 2, verdict, household_no: detail.household_no, household: verdict === 'new' ? null : detail.id, name: detail.members[0].name,
          changes: verdict === 'changed' ? [{ field: 'labour', label: '劳动技能', old: '普通劳动力', new: '弱劳动力或半劳动力' }, { field: 'work_months', label: '务工月数', old: '9', new: '4' }] : [],
          findings: verdict === 'rejected' ? [{ id: 'registry.bad_check_digit', severity: 'error', message: `人员 第 ${rows.length + 2} 行 身份证号:校验位不符。请按证件原件更正。`, column: '身份证号', row: rows.length + 2, sheet: '人员' }] : [] })
      }
    return ok(page(rows.filter((row) => !query.get('verdict') || row.verdict === query.get('verdict')), query))
  }],
  ['POST', '/api/registry/imports/:id/apply', ({ id }) => ok({ job: startJob('registry.apply', { import: id }, () => (imports.find((one) => one.id === id).state = 'applied')) }, 202)],
  ['GET', '/api/registry/imports/:id', ({ id }) => ok(imports.find((one) => one.id === id))],
  ['GET', '/api/feeds/contracts', () => ok({ items: contracts.map((contract) => ({ ...contract, last: batches.find((one) => one.feed === contract.id) ?? null })) })],
  ['GET', '/api/feeds/batches', ({ query }) => ok(page(batches.filter((one) => !query.get('feed') || one.feed === query.get('feed')), query))],
  ['POST', '/api/feeds/batches', () => {
    const made = batch(String(batches.length + 1), contracts[0], '医保局_费用明细_513431_202511.xlsx', '2026-11', 1408, [1204, 96, 61, 47])
    note('feeds.receive', `batch:${made.id}`)
    return ok({ job: startJob('feeds.receive', { batch: made.id }, () => batches.unshift(made)) }, 202)
  }],
  ['GET', '/api/feeds/batches/:id/rows', ({ id, query }) => ok(page(rowsOf(batches.find((one) => one.id === id), query.get('state'), query.get('reason')), query))],
  ['GET', '/api/feeds/batches/:id', ({ id }) => {
    const one = batches.find((each) => each.id === id)
    return one ? ok(one) : refuse(404, 'feeds.no_such_batch', 'not_found', '没有这一批数据,或不属于您的部门。')
  }],
  ['GET', '/api/warnings', ({ query }) => {
    const within = (query.get('area') ?? '').replace(/(000)+$/, '')
    const base = warnings.filter((one) => one.state === (query.get('state') ?? 'open') && (!query.get('risk') || one.risk.code === query.get('risk')) && (!query.get('household') || one.household.id === query.get('household')) && one.household.village.code.startsWith(within))
    const of = (list, level) => list.filter((one) => one.level === level).length
    const listed = base.filter((one) => (!query.get('level') || one.level === query.get('level')) && (!query.get('rule') || one.rule === query.get('rule')))
    const rules = [...new Set(base.map((one) => one.rule))].sort()
    return ok({ ...page(listed, query), by_level: { red: of(base, 'red'), orange: of(base, 'orange'), yellow: of(base, 'yellow') }, by_rule: rules.map((rule) => ({ rule, title: base.find((one) => one.rule === rule).title, count: base.filter((one) => one.rule === rule).length })) })
  }],
  ['GET', '/api/warnings/:id', ({ id }) => ok(warnings.find((one) => one.id === id))],
  ['GET', '/api/jobs/:id', ({ id }) => (jobs.has(id) ? ok(jobs.get(id)) : refuse(404, 'jobs.unknown', 'not_found', '没有这项作业。'))],
  ['POST', '/api/jobs/:id/stop', ({ id }) => (Object.assign(jobs.get(id), { state: 'stopped' }), ok(jobs.get(id)))],
  ['GET', '/api/audit/verdict', () => ok({ chains: 1, entries: audit.length, breaks: [] })],
  ['GET', '/api/audit', ({ query }) => ok({ items: audit.filter((one) => (!query.get('before') || Number(one.id) < Number(query.get('before'))) && (!query.get('action') || one.action.includes(query.get('action'))) && (!query.get('account') || one.account === query.get('account'))).slice(0, Number(query.get('limit') ?? 50)) })],
].map(([method, path, act]) => ({ method, pattern: new RegExp(`^${path.replace(':id', '([^/]+)')}$`), act }))

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' }
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'"

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost')
  const send = ({ status, body }, more = {}) => response.writeHead(status, { 'Content-Type': 'application/json', ...more }).end(body === undefined ? '' : JSON.stringify(body))
  if (!url.pathname.startsWith('/api/')) {
    if (!folder) return response.writeHead(404).end()
    const wanted = normalize(url.pathname)
    const file = extname(wanted) ? wanted : '/index.html'
    try {
      const bytes = await readFile(join(folder, file))
      return response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': policy }).end(bytes)
    } catch {
      return response.writeHead(404).end()
    }
  }
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks)
  const body = request.headers['content-type']?.includes('json') && text.length ? JSON.parse(text.toString()) : {}
  const token = /ballast_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
  const session = { user, csrf: 'mock-csrf', rights, expires: '2026-11-24T06:00:00+08:00' }

  if (url.pathname === '/api/meta') return send(ok({ name: '压舱石', version: '0.1.0', demo: true, area: county, today: '2026-11-23', demo_accounts: [{ account: 'county', password: 'county-demo', title: '县级工作人员 李玉兰' }, { account: 'village', password: 'village-demo', title: '村级工作人员 沙马木呷' }] }))
  if (url.pathname === '/api/session' && request.method === 'POST') {
    if (body.password === 'throttle') return send(refuse(503, 'auth.throttled', 'unavailable', '尝试次数过多。请在 14 分 20 秒后再试。'))
    if (!String(body.password).endsWith('-demo')) return send(refuse(403, 'auth.wrong_password', 'forbidden', '账号或密码不对。请重新输入;连续五次错误后须等待十五分钟。'))
    const made = Math.random().toString(36).slice(2)
    sessions.add(made)
    note('auth.sign_in', 'user:3')
    return send(ok(session), { 'Set-Cookie': `ballast_session=${made}; HttpOnly; Path=/; SameSite=Lax` })
  }
  if (!sessions.has(token)) return send(refuse(403, 'auth.signed_out', 'forbidden', '登录已过期。请重新登录。'))
  if (url.pathname === '/api/session' && request.method === 'DELETE') return sessions.delete(token), response.writeHead(204).end()
  if (url.pathname === '/api/session') return send(ok(session))
  const events = /^\/api\/jobs\/(\d+)\/events$/.exec(url.pathname)
  if (events) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    const tell = () => {
      const job = jobs.get(events[1])
      response.write(`event: job\ndata: ${JSON.stringify(job)}\n\n`)
      if (job.state !== 'running' && job.state !== 'queued') clearInterval(timer), response.end()
    }
    const timer = setInterval(tell, 200)
    request.on('close', () => clearInterval(timer))
    return
  }
  if (/\/(rejects|export|template)$/.test(url.pathname)) return response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment; filename="rejects.xlsx"' }).end('mock')
  if (request.method !== 'GET' && request.headers['x-csrf'] !== 'mock-csrf') return send(refuse(403, 'auth.csrf', 'forbidden', '页面已过期。请刷新后重试。'))
  for (const route of routes) {
    const match = request.method === route.method && route.pattern.exec(url.pathname)
    if (match) return send(route.act({ id: match[1], query: url.searchParams, body }))
  }
  send(refuse(404, 'http.no_route', 'not_found', '没有这个地址。'))
}).listen(port, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${port}`))
