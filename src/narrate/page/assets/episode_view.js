// One episode: what it is about, its chapters and its text.

let isSideBySide = store.read("side") === "yes";

// Buttons for the languages of a pair; listening goes on at the same place of the other one.
const languageSwitch = (episode) => {
  const sibling = siblingOf(episode);
  if (!sibling) return null;
  const both = [episode, sibling].sort((one, other) => one.lang.localeCompare(other.lang));
  const buttons = both.map((one) =>
    on(
      textNode("button", OWN_NAMES[one.lang] || one.lang, {
        type: "button", lang: one.lang, "aria-pressed": String(one === episode),
      }),
      "click",
      () => one !== episode && switchTo(episode, one),
    ),
  );
  const side = press("side", {}, () => {
    isSideBySide = !isSideBySide;
    store.write("side", isSideBySide ? "yes" : "no");
    side.setAttribute("aria-pressed", String(isSideBySide));
    refreshText(episode);
  }, { "aria-pressed": String(isSideBySide), class: "side" });
  return el(
    "div",
    { class: "switch" },
    spoken(el("div", { class: "group", role: "group" }, ...buttons), "choose", {}, "aria-label"),
    side,
  );
};

const switchTo = async (from, to) => {
  const isHeard = player.episode === from;
  const wasPlaying = isHeard && !audio.paused;
  const place = isHeard ? await samePlace(from, to) : NaN;
  history.replaceState(null, "", addressOf(to));
  await showEpisode(to, { focus: `.group [lang="${to.lang}"]` });
  if (!isHeard) return;
  if (wasPlaying) await player.play(to, place);
  else await player.open(to, place);
};

const chapterList = (episode) => {
  const rows = episode.chapters.map((chapter, index) => {
    const number = index + 1;
    const link = el(
      "a",
      { href: addressOf(episode, number) },
      textNode("span", chapterTitle(episode, number), { class: "name" }),
      textNode("span", clock(chapter.start), { class: "time" }),
    );
    on(link, "click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      goToChapter(episode, number);
    });
    return el("li", {}, link);
  });
  return el("ol", { class: "chapters", lang: episode.lang }, ...rows);
};

const downloads = (episode) => {
  const links = episode.files.map((one) =>
    el("li", {}, textNode("a", `${one.name.split(".").pop().toUpperCase()} · ${sizeOf(one.bytes)}`, {
      href: file(one.name), download: true,
    })),
  );
  if (episode.transcripts?.html) {
    links.push(el("li", {}, phrase("a", "page", {}, { href: file(episode.transcripts.html) })));
  }
  return el("ul", { class: "links" }, ...links);
};

const view = { episode: null, draw: 0 };

const refreshChapter = () => {
  const number = player.episode === view.episode && view.episode ? player.chapter : 0;
  document.querySelectorAll(".chapters a").forEach((link, index) => {
    if (index + 1 === number) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
};
player.listeners.push(refreshChapter);

const refreshText = async (episode) => {
  const place = $(".reading");
  const turn = (view.draw += 1);
  if (!place.children.length) place.append(phrase("p", "loading", {}, { class: "quiet" }));
  const sibling = siblingOf(episode);
  const shown = isSideBySide && sibling ? [episode, sibling] : [episode];
  shown.sort((one, other) => one.lang.localeCompare(other.lang));
  await Promise.all(shown.map(withChapters));
  const { node, columns } = await drawText(shown);
  if (turn !== view.draw) return; // something else has been chosen meanwhile
  place.replaceChildren(node);
  document.body.classList.toggle("wide", columns.length > 1);
  reading.columns = columns;
  $(".tools").hidden = !columns.length;
  reading.refresh();
  if (reading.isFollowing && reading.current && player.time > 5) reading.show();
};

const tools = () => {
  const follow = press("follow", {}, () => reading.follow(!reading.isFollowing), { class: "follow" });
  const state = () => follow.setAttribute("aria-pressed", String(reading.isFollowing));
  reading.listeners = [state];
  state();
  return el(
    "div",
    { class: "tools", hidden: true },
    follow,
    button("up", "previous_sentence", {}, () => reading.step(-1)),
    button("down", "next_sentence", {}, () => reading.step(1)),
  );
};

const showEpisode = async (episode, { focus = "h2" } = {}) => {
  view.episode = episode;
  reading.clear();
  await withChapters(episode);
  if (view.episode !== episode) return;
  const { lang } = episode;
  const texts = show.languages.find((one) => one.lang === lang);
  const author = episode.author || texts?.author || "";
  const link = webAddress(episode.link);
  const cover = episode.image || texts?.cover;
  const head = el(
    "div",
    { class: "head" },
    cover && el("img", { src: file(cover), alt: "", width: 96, height: 96, decoding: "async" }),
    el(
      "div",
      {},
      textNode("h2", episode.title, { lang, tabindex: -1, class: titleLooks(episode.title) }),
      el("p", { class: "meta" }, ...meta(episode, author)),
    ),
  );
  const about = [episode.summary, ...(episode.notes || [])].filter(Boolean);
  const article = el(
    "article",
    { class: "episode" },
    el("p", {}, phrase("a", "all", {}, { href: "#", class: "up" })),
    head,
    el(
      "div",
      { class: "actions" },
      listenButton(episode, "main"),
      languageSwitch(episode),
    ),
    ...about.map((part) => textNode("p", part, { lang, class: "about" })),
    link && el("p", {}, phrase("a", "article", {}, { href: link, rel: "noopener noreferrer" })),
    episode.chapters.length ? phrase("h3", "chapters") : null,
    episode.chapters.length ? chapterList(episode) : null,
    phrase("h3", "text"),
    tools(),
    el("div", { class: "reading" }),
    phrase("h3", "download"),
    downloads(episode),
  );
  fill(article);
  document.title = `${episode.title} – ${texts?.title || ""}`;
  if (focus) $(focus, article)?.focus({ preventScroll: focus !== "h2" });
  refreshChapter();
  await refreshText(episode);
};

const meta = (episode, author) => {
  const { heard, at } = progress.of(episode);
  const parts = [
    textNode("time", dateOf(episode.published), { datetime: episode.published }),
    textNode("span", lengthOf(episode.duration)),
  ];
  if (author) parts.push(phrase("span", "by", { name: author }));
  if (heard) parts.push(phrase("span", "heard", {}, { class: "state" }));
  else if (at > 1) {
    const time = lengthOf(Math.max(1, episode.duration - at));
    parts.push(textNode("span", say("left", { time }), { class: "state" }));
  }
  return parts.flatMap((part, index) => (index ? [" · ", part] : [part]));
};
