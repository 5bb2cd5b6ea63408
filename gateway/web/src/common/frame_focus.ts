// A frame that takes the focus tells its page nothing of it, and no selector matches: only the page's window loses it. So
// that it can be seen where the keyboard is, the frame is marked (style.css) until something of the page has the focus again.
const kMark = 'hasFocus'

function clear(): void {
  for (const frame of document.querySelectorAll('iframe')) delete frame.dataset[kMark]
}

addEventListener('blur', () => {
  clear()
  const { activeElement } = document
  if (activeElement instanceof HTMLIFrameElement) activeElement.dataset[kMark] = ''
})
addEventListener('focus', clear)
document.addEventListener('focusin', clear)
