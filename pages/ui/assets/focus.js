const LOOK_EVERY_MS = 60; // the form's inputs are drawn after this, on a busy machine long after its buttons
const LOOK_FOR_MS = 5000; // and may be drawn once more, which loses the focus

export default function ({ data, parentElement }) {
  const memory = remembered(parentElement, () => ({ occasion: null }));
  if (memory.occasion === data.occasion) return;
  memory.occasion = data.occasion;
  const ends = performance.now() + LOOK_FOR_MS;
  const before = document.activeElement;
  let given = null;
  const look = () => {
    if (memory.occasion !== data.occasion) return;
    const box = document.querySelector(`.${CSS.escape(data.place)}`);
    const wanted = box?.querySelector("input, textarea") ?? box?.querySelector("button");
    const active = document.activeElement;
    const isFree = !active || active === document.body || active === before || active === given;
    if (wanted && wanted !== active && isFree) {
      wanted.focus({ preventScroll: false });
      given = wanted;
    }
    if (performance.now() < ends) setTimeout(look, LOOK_EVERY_MS);
  };
  setTimeout(look, LOOK_EVERY_MS);
}
