/** The id in the word files of a text that dmn-js shows: "Add rule above" is `table_editor.add_rule_above`. */
export function editorWord(text: string): string {
  const name = text.replace(/\{\w+\}/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  return `table_editor.${name}`
}
