// Photos on their way to a case: made smaller where a phone took them larger than anybody needs, then kept at once, so
// that a lost connection costs one photo and not the form.
import { Refusal, send, type Schemas } from '@/api/client'

const longestSide = 2000
const smallEnough = 1_500_000

export async function smaller(file: File): Promise<File> {
  if (!file.type.startsWith('image/') || file.size <= smallEnough) return file
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return file // not a picture after all: the server says so
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
  return bytes && bytes.size < file.size ? new File([bytes], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' }) : file
}

export async function keep(caseId: string, files: File[], progress: (share: number) => void): Promise<Schemas['Attachment'][]> {
  const form = new FormData()
  for (const file of files) form.append('file', await smaller(file))
  const sending = send(`/api/cases/${caseId}/attachments`, form, (done, total) => progress(total ? done / total : 0))
  const kept = (await sending.done) as unknown as { items: Schemas['Attachment'][] }
  if (!Array.isArray(kept.items)) throw new Refusal('web.unreadable_reply', 'unavailable', '', '')
  return kept.items
}
export const addressOf = (caseId: string, attachment: string) => `/api/cases/${caseId}/attachments/${attachment}`
