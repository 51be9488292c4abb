const WAIT_MS = 60; // the form's inputs are drawn just after this

export default function ({ data, parentElement }) {
  const memory = remembered(parentElement, () => ({ occasion: null }));
  if (memory.occasion === data.occasion) return;
  memory.occasion = data.occasion;
  setTimeout(() => {
    const place = document.querySelector(`.${CSS.escape(data.place)}`);
    if (!place || place.contains(document.activeElement)) return;
    (place.querySelector("input, textarea") ?? place.querySelector("button"))?.focus({ preventScroll: false });
  }, WAIT_MS);
}
