// The text of an episode, in one language or two beside each other, and the sentence being heard.

// In the pause before a chapter's first sentence it is already the chapter's turn.
const sentenceAt = ({ episode, segments }, seconds) => {
  const number = segmentAt(segments, seconds);
  const chapter = chapterAt(episode, seconds);
  const isNext = segments[number]?.chapter < chapter && segments[number + 1]?.chapter === chapter;
  return isNext ? number + 1 : number;
};

const reading = {
  columns: [], // { episode, segments, nodes } for each language shown
  current: null,
  isFollowing: true,
  aim: null, // the sentence that a movement of the page leads to
  listeners: [],

  clear() {
    this.columns = [];
    this.current = null;
  },

  follow(isFollowing) {
    this.isFollowing = isFollowing;
    if (isFollowing) this.show();
    for (const listener of this.listeners) listener();
  },

  // Marks the sentence being heard. Nothing is focused and nothing announced.
  refresh() {
    const column = this.columns.find((one) => one.episode === player.episode);
    const number = column ? sentenceAt(column, player.time) : -1;
    const node = number < 0 ? null : column.nodes[number];
    if (node === this.current) return;
    this.current?.removeAttribute("aria-current");
    this.current = node;
    node?.setAttribute("aria-current", "true");
    if (this.isFollowing && !audio.paused) this.show();
  },

  show() {
    if (!this.current) return;
    const place = this.current.getBoundingClientRect();
    const foot = $(".bar")?.getBoundingClientRect().height || 0;
    const room = innerHeight - foot;
    if (place.top > room * 0.12 && place.bottom < room * 0.75) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // Not by a distance: it would be added to that of a movement that is not at its end.
    const top = scrollY + place.top - room * 0.3;
    this.aim = this.current;
    scrollTo({ top, behavior: isCalm ? "auto" : "smooth" });
  },

  // What comes into sight gets its real height, and so the place is elsewhere by then.
  arrive() {
    const { aim } = this;
    this.aim = null;
    if (aim && aim === this.current && this.isFollowing) this.show();
  },

  // A step of one sentence, in the language that is heard.
  step(by) {
    const column = this.columns.find((one) => one.episode === player.episode) || this.columns[0];
    if (!column?.segments.length) return;
    const isHeard = column.episode === player.episode;
    const number = isHeard ? segmentAt(column.segments, player.time) + by : 0;
    const target = column.segments[Math.min(Math.max(0, number), column.segments.length - 1)];
    player.open(column.episode, target.startTime);
    this.follow(true);
  },
};
player.listeners.push(() => reading.refresh());

// The browser tells the time four times a second; a sentence begins in between.
let frame = 0;
const watch = () => {
  reading.refresh();
  frame = audio.paused || audio.ended ? 0 : requestAnimationFrame(watch);
};
on(audio, "playing", () => frame || watch());

addEventListener("scrollend", () => reading.arrive());

// Who scrolls wants to look elsewhere: the text stays until “Follow” is pressed again.
const SCROLL_KEYS = ["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", " "];
const isControl = (target) => Boolean(target.closest?.("input, select, button, a, summary"));
const looksElsewhere = (event) => {
  if (!reading.isFollowing || !reading.columns.length || event.target.closest?.(".bar")) return;
  reading.follow(false);
};
for (const event of ["wheel", "touchmove"]) {
  addEventListener(event, looksElsewhere, { passive: true });
}
addEventListener("keydown", (event) => {
  if (SCROLL_KEYS.includes(event.key) && !isControl(event.target)) looksElsewhere(event);
});

const sentence = (column, number) => {
  const segment = column.segments[number];
  const lang = segment.lang && segment.lang !== column.episode.lang ? segment.lang : null;
  const node = el("span", { class: "sentence", lang });
  node.textContent = segment.body;
  node.dataset.number = number;
  column.nodes[number] = node;
  return node;
};

// The blocks of one chapter: its heading, then paragraphs and headings below it.
const blocksOf = (column, chapter) => {
  const blocks = [];
  let last = null;
  column.segments.forEach((segment, number) => {
    if (segment.chapter !== chapter) return;
    const kind = segment.kind === "heading" ? "heading" : "paragraph";
    const isSame = last && kind === "paragraph" && last.kind === kind &&
      last.paragraph === segment.paragraph;
    if (isSame) {
      last.node.append(" ", sentence(column, number));
      return;
    }
    const isFirst = !blocks.length && kind === "heading";
    const tag = isFirst ? "h4" : kind === "heading" ? "h5" : "p";
    const node = el(tag, { class: segment.kind === "disclosure" ? "aside" : null });
    node.append(sentence(column, number));
    last = { kind, paragraph: segment.paragraph, node, isFirst };
    blocks.push(last);
  });
  const title = column.episode.chapters[chapter - 1]?.title;
  if (title && !blocks[0]?.isFirst) {
    const node = el("h4");
    node.textContent = title;
    blocks.unshift({ kind: "heading", paragraph: 0, node, isFirst: true });
  }
  if (blocks[0]?.isFirst) blocks[0].node.append(" ", hereLink(column.episode, chapter));
  return blocks;
};

const hereLink = (episode, chapter) => {
  const start = episode.chapters[chapter - 1]?.start ?? 0;
  const link = el("a", { class: "here", href: addressOf(episode, chapter) });
  link.textContent = clock(start);
  spoken(link, "listen_from",
    { title: chapterTitle(episode, chapter), time: clock(start) }, "aria-label");
  return on(link, "click", (event) => {
    event.preventDefault();
    goToChapter(episode, chapter);
  });
};

const goToChapter = (episode, chapter) => {
  history.replaceState(null, "", addressOf(episode, chapter));
  reading.follow(true);
  player.play(episode, episode.chapters[chapter - 1]?.start ?? 0);
};

const cell = (column, nodes) => {
  const node = el("div", { class: "cell", lang: column.episode.lang }, ...nodes);
  return on(node, "click", (event) => {
    const heard = event.target.closest(".sentence");
    if (!heard || String(getSelection())) return; // marking text is no click
    reading.follow(true);
    player.play(column.episode, column.segments[Number(heard.dataset.number)].startTime);
  });
};

// Rows of cells: paragraph beside paragraph where both languages have as many, else whole chapters.
const rowsOf = (columns, chapter) => {
  const blocks = columns.map((column) => blocksOf(column, chapter));
  const counts = new Set(blocks.map((own) => own.length));
  if (columns.length === 1 || counts.size > 1) {
    return [columns.map((column, i) => cell(column, blocks[i].map((one) => one.node)))];
  }
  return blocks[0].map((_, row) => columns.map((column, i) => cell(column, [blocks[i][row].node])));
};

const drawText = async (episodesShown) => {
  reading.clear();
  const all = await Promise.all(episodesShown.map(segmentsOf));
  const columns = episodesShown.map((episode, i) => ({ episode, segments: all[i], nodes: [] }));
  if (all.some((segments) => !segments.length)) {
    return { node: spoken(el("p", { class: "quiet" }), "no_text"), columns: [] };
  }
  const last = Math.max(
    ...columns.flatMap((one) => [one.episode.chapters.length, one.segments.at(-1).chapter]));
  const node = el("div", { class: columns.length > 1 ? "text two" : "text" });
  for (let chapter = 1; chapter <= last; chapter += 1) {
    const section = el("section", { class: "part" });
    for (const row of rowsOf(columns, chapter)) section.append(el("div", { class: "row" }, ...row));
    node.append(section);
  }
  return { node, columns };
};

// The same place in the other language: the same chapter, and its paragraph where both have it.
const samePlace = async (from, to) => {
  await Promise.all([withChapters(from), withChapters(to)]);
  const chapter = Math.min(Math.max(1, player.chapter), Math.max(1, to.chapters.length));
  const start = to.chapters[chapter - 1]?.start ?? 0;
  const [here, there] = await Promise.all([segmentsOf(from), segmentsOf(to)]);
  const paragraphs = (segments) =>
    new Set(segments.filter((one) => one.chapter === chapter).map((one) => one.paragraph)).size;
  const heard = here[segmentAt(here, player.time)];
  if (!heard || heard.chapter !== chapter || !heard.paragraph) return start;
  if (paragraphs(here) !== paragraphs(there)) return start;
  const match = there.find((one) => one.chapter === chapter && one.paragraph === heard.paragraph);
  return match ? match.startTime : start;
};
