// A photograph is made smaller before it is sent, so that a bad line carries it. Without this it is sent as it is.

const longest = 1_600
const light = 400_000

async function shrunk(file) {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, longest / Math.max(image.width, image.height))
  if (scale === 1 && file.size < light) return file
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.width * scale)
  canvas.height = Math.round(image.height * scale)
  const paper = canvas.getContext('2d')
  paper.fillStyle = '#fff'
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.88))
  return blob && blob.size < file.size ? new File([blob], 'photograph.jpg', { type: 'image/jpeg' }) : file
}

async function replace(input) {
  const file = input.files[0]
  if (!file || file.name === 'photograph.jpg') return
  try {
    const files = new DataTransfer()
    files.items.add(await shrunk(file))
    // Somebody may have chosen another meanwhile.
    if (input.files[0] === file) input.files = files.files
  } catch {
    // Not a picture that this browser can open: the server says what to do.
  }
}

/** Watches what is chosen. */
export function photographs() {
  document.querySelectorAll('input[type="file"][data-shrink]').forEach((input) => input.addEventListener('change', () => replace(input)))
}
