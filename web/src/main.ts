import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { i18n } from './words'
import './ui/element'
import './ui/tokens.css'
import './ui/base.css'

createApp(App).use(i18n).use(router).mount('#app')
