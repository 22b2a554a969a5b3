// A page from the disk cannot read this one; it asks for it in a hidden frame, and is answered.
if (window.parent !== window) {
  const kinds = { h: "heading", d: "disclosure" };
  const segments = [...document.querySelectorAll("[data-s]")].map((node) => {
    const [startTime, endTime] = node.dataset.s.split(" ").map(Number);
    return {
      startTime,
      endTime,
      body: node.textContent,
      chapter: Number(node.closest("[data-c]").dataset.c),
      paragraph: Number(node.closest("[data-p]")?.dataset.p || 0),
      kind: kinds[node.dataset.k] || "sentence",
      lang: node.closest("[lang]").lang,
    };
  });
  const rows = [...document.querySelectorAll(".chapters .name")];
  const starts = [...document.querySelectorAll("[data-c]")];
  const chapters = rows.map((row, index) => ({
    title: row.textContent,
    start: Number(starts.find((one) => Number(one.dataset.c) === index + 1)?.dataset.t || 0),
  }));
  window.parent.postMessage({ segments, details: { chapters } }, "*"); // all of it is public
}
