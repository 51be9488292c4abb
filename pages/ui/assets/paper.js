export default function ({ data, parentElement }) {
  const sheet = parentElement.querySelector(".sheet");
  drawBlocks(sheet, data.blocks);
}
