const LOOK_EVERY_MS = 60; // the form's inputs are drawn after this, on a busy machine long after
const LOOK_FOR_MS = 3000; // and may be drawn once more, which loses the focus

export default function ({ data, parentElement }) {
  const memory = remembered(parentElement, () => ({ occasion: null }));
  if (memory.occasion === data.occasion) return;
  memory.occasion = data.occasion;
  const ends = performance.now() + LOOK_FOR_MS;
  let landed = false;
  const look = () => {
    if (memory.occasion !== data.occasion) return;
    const box = document.querySelector(`.${CSS.escape(data.place)}`);
    const free = document.activeElement === document.body || !document.activeElement;
    if (box && !box.contains(document.activeElement) && (free || !landed)) {
      (box.querySelector("input, textarea") ?? box.querySelector("button"))?.focus({ preventScroll: false });
    }
    landed ||= Boolean(box?.contains(document.activeElement));
    if (performance.now() < ends) setTimeout(look, LOOK_EVERY_MS);
  };
  setTimeout(look, LOOK_EVERY_MS);
}
