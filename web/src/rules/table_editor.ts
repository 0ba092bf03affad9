// The editor of decision tables, dmn-js, without its diagrams: a chunk of its own, fetched when somebody edits. Only tables
// are opened, for nothing else of a model may be changed here; the server refuses it (dmn/round_trip.h).
import EditingManager, { type View } from 'dmn-js-shared/lib/base/EditingManager'
import DecisionTableEditor from 'dmn-js-decision-table/lib/Editor'
import 'dmn-js/dist/assets/dmn-js-shared.css'
import 'dmn-js/dist/assets/dmn-js-decision-table.css'
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css'
import 'dmn-js/dist/assets/dmn-font/css/dmn.css'
import { editorWord } from './editor_words'

interface Logic {
  $type: string
}

class TableManager extends EditingManager {
  _getViewProviders() {
    return [
      {
        id: 'decisionTable',
        constructor: DecisionTableEditor,
        opens: (element: { decisionLogic?: Logic }) => element.decisionLogic?.$type === 'dmn:DecisionTable',
      },
    ]
  }
}

export interface TableEditor {
  /** What it writes of the model before anybody has touched it. */
  unchanged: string
  tables: { id: string; name: string }[]
  show(id: string): Promise<void>
  text(): Promise<string>
  destroy(): void
}

/** `say`: a word of the word files by its id, undefined where there is none. Rejects when the model cannot be read. */
export async function openEditor(
  container: HTMLElement,
  text: string,
  say: (id: string) => string | undefined,
  onChange: () => void,
): Promise<TableEditor> {
  const translate = (template: string, places: Record<string, string> = {}) =>
    (say(editorWord(template)) ?? template).replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole)
  const manager = new TableManager({
    container,
    common: {},
    decisionTable: { additionalModules: [{ translate: ['value', translate] }] },
  })
  manager.on('viewer.created', ({ viewer }) => viewer.on('elements.changed', onChange))
  try {
    await manager.importXML(text)
    const write = async () => (await manager.saveXML({ format: true })).xml
    const views = manager.getViews()
    return {
      unchanged: await write(),
      tables: views.map((one: View) => ({ id: one.element.id, name: one.element.name ?? one.element.id })),
      show: async (id) => void (await manager.open(views.find((one) => one.element.id === id)!)),
      text: write,
      destroy: () => manager.destroy(),
    }
  } catch (error) {
    manager.destroy()
    throw error
  }
}
