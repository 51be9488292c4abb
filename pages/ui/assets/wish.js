export default function ({ data }) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${data.name}=${data.value}; path=/; max-age=${data.seconds}; samesite=lax${secure}`;
}
