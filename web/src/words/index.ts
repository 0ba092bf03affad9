// All texts of the screens, from the word files beside this one. Chinese comes with the first load; English is
// fetched when it is asked for. The language stands in the URL (?lang=en), so that a link shows what its sender saw.
import { createI18n } from 'vue-i18n'
import { setReplyLanguage } from '@/api/client'

export type Language = 'zh' | 'en'
type Words = Record<string, string>

const chinese = import.meta.glob<Words>('./*.zh.json', { eager: true, import: 'default' })
const english = import.meta.glob<Words>('./*.en.json', { import: 'default' })

export const i18n = createI18n({
  legacy: false,
  locale: 'zh',
  fallbackLocale: 'zh',
  // The ids have dots in them and mean no nesting: looked up as they are, nothing is taken apart at the start.
  messageResolver: (words, id) => (words as Words)[id] ?? null,
  messages: { zh: Object.assign({}, ...Object.values(chinese)) as Words } as Record<string, Words>,
})

let englishLoaded = false

export async function useLanguage(language: Language): Promise<void> {
  if (language === 'en' && !englishLoaded) {
    const files = await Promise.all(Object.values(english).map((load) => load()))
    i18n.global.setLocaleMessage('en', Object.assign({}, ...files))
    englishLoaded = true
  }
  i18n.global.locale.value = language
  setReplyLanguage(language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}

export function currentLanguage(): Language {
  return i18n.global.locale.value as Language
}
