import vue from '@vitejs/plugin-vue'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

// While developing, /api goes to the mock server, or to a running Ballast named in BALLAST_URL.
const server = process.env.BALLAST_URL ?? 'http://127.0.0.1:8089'

/** Writes .vite/ahead.txt for the server: which files and replies each page of router.ts begins with, so that they stand in
 *  the first HTML and nothing waits for what it could have begun beside. A line: path, addresses, files, between tabs;
 *  in a path, # stands for a number and * for any one step. */
function ahead(): Plugin {
  const root = fileURLToPath(new URL('.', import.meta.url))
  return {
    name: 'ballast-ahead',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
      const needed = (name: string, found = new Set<string>()) => {
        const chunk = bundle[name]
        if (chunk?.type !== 'chunk' || found.has(name)) return found
        found.add(name)
        for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style)
        for (const next of chunk.imports) needed(next, found)
        return found
      }
      const first = needed(chunks.find((one) => one.isEntry)?.fileName ?? '')
      const lines = []
      for (const line of readFileSync(`${root}src/router.ts`, 'utf8').split('\n').filter((one) => one.includes('component: () => import('))) {
        const [, path = '', page = ''] = /path: '([^']+)'.*import\('@\/([^']+)'\)/.exec(line) ?? this.error(`router.ts: not read: ${line}`)
        if (path === '/:rest(.*)*' || line.includes('bare: true')) continue
        const asked = /ahead: '([^']+)'/.exec(line)?.[1] ?? ''
        const chunk = chunks.find((one) => one.facadeModuleId === `${root}src/${page}`)
        if (!chunk) this.error(`router.ts: ${page} has no chunk of its own`)
        const steps = path.replace(/:\w+\(\\d[^)]*\)\??/g, '#').replace(/:\w+(\([^)]*\))?/g, '*')
        lines.push([steps, asked, [...needed(chunk.fileName)].filter((one) => !first.has(one)).join(' ')].join('\t'))
      }
      this.emitFile({ type: 'asset', fileName: '.vite/ahead.txt', source: lines.join('\n') + '\n' })
    },
  }
}

export default defineConfig({
  plugins: [vue(), ahead()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: 'true', // Element Plus still uses it in places
    __VUE_PROD_DEVTOOLS__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
  },
  build: {
    target: 'es2020',
    // Small files stay files: the content security policy allows no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    chunkSizeWarningLimit: 700,
    // A request for each of some thirty small files costs a first visit more than the files: what every page has is one.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: new RegExp(
                'node_modules/(@?vue|@intlify|openapi-fetch|lodash-es|@popperjs|@ctrl|@element-plus/icons|element-plus/es/(hooks|utils|locale|constants|_virtual|components/' +
                  '(button|collection|config-provider|dropdown|focus-trap|icon|popper|roving-focus-group|scrollbar|slot|teleport|tooltip)/))|plugin-vue:export-helper' +
                  '|src/(ui|api)/(use_|query|figures|differences|wrong|draft|LoadingRows|RefusalNote|EmptyState|FormField|client|ahead)',
              ),
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server } },
})
