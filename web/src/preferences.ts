// What this browser remembers: the size of type, the language, and the ids of the last ten households viewed.
// Ids only: no name, number or search is ever kept.
import { ref } from 'vue'
import type { Language } from '@/words'

const largeType = ref(read('large-type') === 'yes')
const viewed = ref<string[]>(ids(read('viewed')))

function read(key: string): string | null {
  try {
    return localStorage.getItem(`ballast.${key}`)
  } catch {
    return null // storage is switched off: everything works, nothing is remembered
  }
}
function write(key: string, value: string) {
  try {
    localStorage.setItem(`ballast.${key}`, value)
  } catch {
    /* as above */
  }
}
function ids(text: string | null): string[] {
  return (text ?? '').split(',').filter((id) => /^\d+$/.test(id))
}
function showLargeType() {
  document.documentElement.classList.toggle('large-type', largeType.value)
}
showLargeType()

export function usePreferences() {
  return {
    largeType,
    setLargeType(on: boolean) {
      largeType.value = on
      write('large-type', on ? 'yes' : 'no')
      showLargeType()
    },
    viewed,
    remember(household: string) {
      viewed.value = [household, ...viewed.value.filter((id) => id !== household)].slice(0, 10)
      write('viewed', viewed.value.join(','))
    },
    forgetViewed() {
      viewed.value = []
      write('viewed', '')
    },
  }
}

export function rememberedLanguage(): Language | undefined {
  const language = read('language')
  return language === 'zh' || language === 'en' ? language : undefined
}
export function rememberLanguage(language: Language) {
  write('language', language)
}
