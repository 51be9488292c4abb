export default function ({ data, parentElement }) {
  const sheet = parentElement.querySelector(".digest");
  if (sheet.dataset.drawn === data.digest) return;
  sheet.dataset.drawn = data.digest;
  const code = sheet.querySelector("code");
  const button = sheet.querySelector("button");
  const said = sheet.querySelector(".unseen");
  sheet.querySelector(".what").textContent = data.label;
  code.textContent = data.digest.slice(0, 12);
  code.title = data.digest;
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy the whole digest of ${data.label}`);
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.digest);
      button.textContent = "Copied";
    } catch {
      // without https there is no clipboard: show all of it, marked, so that Ctrl+C takes it
      code.textContent = data.digest;
      const range = document.createRange();
      range.selectNodeContents(code);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      button.textContent = "Marked, press Ctrl+C";
    }
    said.textContent = button.textContent;
  };
}
