// What is used of dmn-js, which brings no types.
declare module 'dmn-js-shared/lib/base/EditingManager' {
  export interface View {
    id: string
    name?: string
    element: { id: string; name?: string }
  }
  export default class EditingManager {
    constructor(options: Record<string, unknown>)
    importXML(xml: string): Promise<{ warnings: unknown[] }>
    saveXML(options?: { format?: boolean }): Promise<{ xml: string }>
    getViews(): View[]
    open(view: View): Promise<unknown>
    on(event: string, listener: (event: { viewer: { on(event: string, listener: () => void): void } }) => void): void
    destroy(): void
  }
}
declare module 'dmn-js-decision-table/lib/Editor' {
  const Editor: new (options: unknown) => unknown
  export default Editor
}
