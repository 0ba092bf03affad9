import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { rememberedLanguage } from '@/preferences'
import { resume, useSession } from '@/session'
import { groupsFor } from '@/shell/places'
import { currentLanguage, i18n, useLanguage } from '@/words'

declare module 'vue-router' {
  interface RouteMeta {
    title: string // a word id
    right?: string // what the user must hold; without it the page is not shown
    bare?: boolean // stands alone, without navigation, and needs no sign-in
    ahead?: string // what the page asks first when no tab is chosen, with the names of its query; the server answers it in the first HTML (vite.config.ts)
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('@/auth/SignInPage.vue'), meta: { title: 'signin.title', bare: true } },
  { path: '/', name: 'search', component: () => import('@/registry/SearchPage.vue'), meta: { title: 'shell.registry', right: 'registry_read' } },
  { path: '/households', name: 'households', component: () => import('@/registry/HouseholdsPage.vue'), meta: { title: 'registry.list_title', right: 'registry_read' } },
  { path: '/households/:id(\\d+)', name: 'household', component: () => import('@/registry/HouseholdPage.vue'), meta: { title: 'registry.household', right: 'registry_read' } },
  { path: '/households/new', name: 'new-household', component: () => import('@/registry/NewHouseholdPage.vue'), meta: { title: 'editing.new_household', right: 'registry_write' } },
  { path: '/imports', name: 'imports', component: () => import('@/registry/ImportsPage.vue'), meta: { title: 'shell.imports', right: 'registry_import' } },
  { path: '/imports/:id(\\d+)', name: 'import', component: () => import('@/registry/ImportPage.vue'), meta: { title: 'registry.import_title', right: 'registry_import' } },
  { path: '/work', name: 'work', component: () => import('@/casework/WorkPage.vue'), meta: { title: 'shell.work', right: 'cases_read' } },
  { path: '/cases', name: 'cases', component: () => import('@/casework/CasesPage.vue'), meta: { title: 'shell.cases', right: 'cases_read' } },
  { path: '/cases/:id(\\d+)', name: 'case', component: () => import('@/casework/CasePage.vue'), meta: { title: 'shell.cases', right: 'cases_read' } },
  { path: '/public/notices', name: 'public-notices', component: () => import('@/casework/PublicNoticesPage.vue'), meta: { title: 'cases.public_notices', bare: true } },
  { path: '/warnings', name: 'warnings', component: () => import('@/screening/WarningsPage.vue'), meta: { title: 'shell.warnings', right: 'warnings_read' } },
  { path: '/warnings/runs', name: 'runs', component: () => import('@/screening/RunsPage.vue'), meta: { title: 'screening.runs', right: 'warnings_read' } },
  { path: '/rules', name: 'rules', component: () => import('@/rules/RuleSetsPage.vue'), meta: { title: 'shell.rules', right: 'rules_read' } },
  { path: '/rules/:set([a-z_]+)', name: 'rule-set', component: () => import('@/rules/RuleSetPage.vue'), meta: { title: 'shell.rules', right: 'rules_read' } },
  { path: '/rules/:set([a-z_]+)/what-if', name: 'what-if', component: () => import('@/rules/WhatIfPage.vue'), meta: { title: 'rules.what_if', right: 'rules_read' } },
  { path: '/rule-versions/:id(\\d+)/tables/:file([a-z0-9_]+)', name: 'rule-table', component: () => import('@/rules/TablePage.vue'), meta: { title: 'rules.tables', right: 'rules_read' } },
  { path: '/rule-versions/:id(\\d+)', name: 'rule-version', component: () => import('@/rules/VersionPage.vue'), meta: { title: 'rules.versions', right: 'rules_read' } },
  { path: '/rules/:set([a-z_]+)/back-test', name: 'back-test', component: () => import('@/rules/BackTestPage.vue'), meta: { title: 'rules.back_test', right: 'rules_read' } },
  { path: '/clues', name: 'clues', component: () => import('@/clues/CluesPage.vue'), meta: { title: 'clues.title', right: 'clues_read' } },
  { path: '/clues/new', name: 'clue-new', component: () => import('@/clues/NewCluePage.vue'), meta: { title: 'clues.new_title', right: 'clues_write' } },
  { path: '/clues/:id(\\d+)', name: 'clue', component: () => import('@/clues/CluePage.vue'), meta: { title: 'clues.title', right: 'clues_read' } },
  { path: '/campaigns', name: 'campaigns', component: () => import('@/campaigns/CampaignsPage.vue'), meta: { title: 'campaigns.title', right: 'clues_read' } },
  { path: '/campaigns/:id(\\d+)', name: 'campaign', component: () => import('@/campaigns/CampaignPage.vue'), meta: { title: 'campaigns.title', right: 'clues_read' } },
  { path: '/employment', name: 'employment', component: () => import('@/employment/EmploymentPage.vue'), meta: { title: 'shell.employment', right: 'employment_read' } },
  { path: '/employment/people/:id(\\d+)', name: 'employment-person', component: () => import('@/employment/PersonPage.vue'), meta: { title: 'shell.employment', right: 'employment_read' } },
  { path: '/programmes', name: 'programmes', component: () => import('@/programmes/ProgrammesPage.vue'), meta: { title: 'shell.programmes', right: 'programmes_read' } },
  { path: '/programmes/:programme', name: 'programme', component: () => import('@/programmes/ProgrammePage.vue'), meta: { title: 'shell.programmes', right: 'programmes_read' } },
  { path: '/programmes/:programme/records/:id(\\d+)', name: 'programme-record', component: () => import('@/programmes/RecordPage.vue'), meta: { title: 'shell.programmes', right: 'programmes_read' } },
  { path: '/programmes/:programme/fees/:id(\\d+)', name: 'programme-fee', component: () => import('@/programmes/FeePage.vue'), meta: { title: 'shell.programmes', right: 'programmes_read' } },
  { path: '/insurance', name: 'insurance', component: () => import('@/insurance/InsurancePage.vue'), meta: { title: 'shell.insurance', right: 'insurance_read' } },
  { path: '/insurance/policies/:id(\\d+)', name: 'policy', component: () => import('@/insurance/PolicyPage.vue'), meta: { title: 'shell.insurance', right: 'insurance_read' } },
  { path: '/insurance/series/:id(\\d+)', name: 'series', component: () => import('@/insurance/SeriesPage.vue'), meta: { title: 'shell.insurance', right: 'insurance_read' } },
  { path: '/insurance/settlements/:id(\\d+)', name: 'settlement', component: () => import('@/insurance/SettlementPage.vue'), meta: { title: 'shell.insurance', right: 'insurance_read' } },
  { path: '/insurance/valuation', name: 'valuation', component: () => import('@/insurance/ValuationPage.vue'), meta: { title: 'shell.insurance', right: 'insurance_read' } },
  { path: '/insurance/pools/:id(\\d+)', name: 'pool', component: () => import('@/insurance/pools/PoolPage.vue'), meta: { title: 'shell.insurance', right: 'insurance_read' } },
  { path: '/insurance/insurers/:id(\\d+)/evaluations/:year(\\d{4})', name: 'evaluation', component: () => import('@/insurance/evaluations/EvaluationPage.vue'), meta: { title: 'shell.insurance', right: 'insurance_read' } },
  { path: '/insurance/insurers/:id(\\d+)/network', name: 'insurer-network', component: () => import('@/insurance/evaluations/NetworkPage.vue'), meta: { title: 'shell.insurance', right: 'insurance_read' } },
  { path: '/insurance/prevention/:id(\\d+)', name: 'prevention', component: () => import('@/insurance/prevention/PreventionPage.vue'), meta: { title: 'shell.insurance', right: 'insurance_read' } },
  { path: '/insurance/claims/:id(\\d+)', name: 'claim', component: () => import('@/insurance/ClaimPage.vue'), meta: { title: 'shell.insurance', right: 'insurance_read' } },
  { path: '/loans', name: 'loans', component: () => import('@/loans/LoansPage.vue'), meta: { title: 'shell.loans', right: 'loans_read' } },
  { path: '/loans/:id(\\d+)', name: 'loan', component: () => import('@/loans/LoanPage.vue'), meta: { title: 'shell.loans', right: 'loans_read' } },
  { path: '/loans/orders/:id(\\d+)', name: 'order', component: () => import('@/loans/OrderPage.vue'), meta: { title: 'loans.tab_orders', right: 'loans_read' } },
  { path: '/funds', name: 'funds', component: () => import('@/finance/FundsPage.vue'), meta: { title: 'shell.funds', right: 'ledger_read' } },
  { path: '/funds/:id(\\d+)', name: 'fund', component: () => import('@/finance/FundPage.vue'), meta: { title: 'shell.funds', right: 'ledger_read' } },
  { path: '/public/insurance', name: 'public-insurance', component: () => import('@/public/PublicInsurancePage.vue'), meta: { title: 'public.insurance', bare: true } },
  { path: '/indicators', name: 'indicators', component: () => import('@/indicators/IndicatorsPage.vue'), meta: { title: 'shell.indicators', right: 'indicators_read', ahead: '/api/indicators/board?area&month' } },
  { path: '/bottom-line', name: 'bottom-line', component: () => import('@/surveillance/BottomLinePage.vue'), meta: { title: 'shell.bottom_line', right: 'indicators_read' } },
  { path: '/alarms', name: 'alarms', component: () => import('@/surveillance/AlarmsPage.vue'), meta: { title: 'shell.alarms', right: 'tasks_read' } },
  { path: '/alarms/:id(\\d+)', name: 'alarm', component: () => import('@/surveillance/AlarmPage.vue'), meta: { title: 'shell.alarms', right: 'tasks_read' } },
  { path: '/tasks', name: 'tasks', component: () => import('@/tasks/TasksPage.vue'), meta: { title: 'shell.tasks', right: 'tasks_read' } },
  { path: '/tasks/:id(\\d+)', name: 'task', component: () => import('@/tasks/TaskPage.vue'), meta: { title: 'shell.tasks', right: 'tasks_read' } },
  { path: '/aid/twice', name: 'aid-twice', component: () => import('@/programmes/TwicePage.vue'), meta: { title: 'programmes.twice_title', right: 'programmes_read' } },
  { path: '/quality', name: 'quality', component: () => import('@/quality/QualityPage.vue'), meta: { title: 'quality.title', right: 'quality_read' } },
  { path: '/public', name: 'public', component: () => import('@/public/PublicPage.vue'), meta: { title: 'public.home', bare: true } },
  { path: '/public/report', name: 'public-report', component: () => import('@/public/PublicReportPage.vue'), meta: { title: 'public.report', bare: true } },
  { path: '/public/follow', name: 'public-follow', component: () => import('@/public/PublicFollowPage.vue'), meta: { title: 'public.follow', bare: true } },
  { path: '/feeds', name: 'feeds', component: () => import('@/feeds/BatchesPage.vue'), meta: { title: 'shell.feeds', right: 'feeds_read' } },
  { path: '/feeds/upload', name: 'feed-upload', component: () => import('@/feeds/UploadPage.vue'), meta: { title: 'feeds.upload_title', right: 'feeds_upload' } },
  { path: '/feeds/calendar', name: 'feed-calendar', component: () => import('@/feeds/CalendarPage.vue'), meta: { title: 'feeds.calendar', right: 'feeds_read' } },
  { path: '/feeds/batches/:id(\\d+)', name: 'batch', component: () => import('@/feeds/BatchPage.vue'), meta: { title: 'feeds.batch', right: 'feeds_read' } },
  { path: '/areas/:code(\\d{12})?', name: 'areas', component: () => import('@/areas/AreasPage.vue'), meta: { title: 'shell.areas' } },
  { path: '/audit', name: 'audit', component: () => import('@/audit/AuditPage.vue'), meta: { title: 'shell.audit', right: 'audit_read' } },
  { path: '/users', name: 'users', component: () => import('@/users/UsersPage.vue'), meta: { title: 'shell.users', right: 'users_manage' } },
  { path: '/bulletin', name: 'bulletin', component: () => import('@/bulletin/IssuesPage.vue'), meta: { title: 'bulletin.title', right: 'bulletin_read' } },
  { path: '/bulletin/archive', name: 'bulletin-archive', component: () => import('@/bulletin/ArchivePage.vue'), meta: { title: 'bulletin.archive', right: 'bulletin_read' } },
  { path: '/bulletin/issues/:id(\\d+)', name: 'bulletin-desk', component: () => import('@/bulletin/DeskPage.vue'), meta: { title: 'bulletin.desk', right: 'bulletin_read' } },
  { path: '/bulletin/issues/:id(\\d+)/draft', name: 'bulletin-draft', component: () => import('@/bulletin/DraftPage.vue'), meta: { title: 'bulletin.from_data', right: 'bulletin_edit' } },
  { path: '/bulletin/issues/:id(\\d+)/proof', name: 'bulletin-proof', component: () => import('@/bulletin/ProofPage.vue'), meta: { title: 'bulletin.proof', right: 'bulletin_read' } },
  { path: '/bulletin/columns', name: 'bulletin-columns', component: () => import('@/bulletin/ColumnsPage.vue'), meta: { title: 'bulletin.columns', right: 'bulletin_read' } },
  { path: '/bulletin/articles/:id(\\d+)/beside/:other(\\d+)', name: 'bulletin-compare', component: () => import('@/bulletin/ComparePage.vue'), meta: { title: 'bulletin.compare', right: 'bulletin_read' } },
  { path: '/bulletin/figures/:id(\\d+)', name: 'bulletin-figure', component: () => import('@/bulletin/FigureListPage.vue'), meta: { title: 'bulletin.figure_list' } },
  { path: '/bulletin/articles/:id(\\d+)', name: 'bulletin-article', component: () => import('@/bulletin/ArticlePage.vue'), meta: { title: 'bulletin.article', right: 'bulletin_read' } },
  { path: '/public/bulletins', name: 'public-bulletins', component: () => import('@/public/PublicBulletinsPage.vue'), meta: { title: 'public.bulletins', bare: true } },
  { path: '/public/bulletins/:id(\\d+)', name: 'public-bulletin', component: () => import('@/public/PublicBulletinPage.vue'), meta: { title: 'public.bulletins', bare: true } },
  { path: '/profile', name: 'profile', component: () => import('@/users/ProfilePage.vue'), meta: { title: 'users.profile' } },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('@/shell/NowherePage.vue'), meta: { title: 'shell.nowhere' } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
})

router.beforeEach(async (to, from) => {
  const language = to.query.lang === 'en' ? 'en' : to.query.lang === 'zh' ? 'zh' : undefined
  const wanted = language ?? (from.name ? currentLanguage() : (rememberedLanguage() ?? 'zh'))
  if (wanted !== currentLanguage()) await useLanguage(wanted)
  if (wanted === 'en' && !language) return { ...to, query: { ...to.query, lang: 'en' }, replace: true }

  await resume()
  const { session, may } = useSession()
  if (!to.meta.bare && !session.value) {
    const next = to.fullPath === '/' ? undefined : to.fullPath
    return { name: 'sign-in', query: { ...(next ? { next } : {}), ...(language ? { lang: language } : {}) } }
  }
  // Somebody else knows the password: the server answers nothing until it is changed.
  if (!to.meta.bare && session.value?.user.must_change_password && to.name !== 'profile') return { name: 'profile', query: to.query }
  if (to.name === 'search' && !may('registry_read')) {
    const entrance = groupsFor(may)[0]?.places[0]?.name // everybody has the areas
    return { name: entrance, query: to.query }
  }
  if (to.meta.right && !may(to.meta.right)) return { name: 'nowhere', params: { rest: [] }, query: to.query }
})

router.afterEach((to) => {
  // A household's page puts its own title; a name never stands in the title, which browsers keep in their history.
  document.title = `${i18n.global.t(to.meta.title)} · ${i18n.global.t('shell.product')}`
})
