// The frame of the page, and what its address asks for.

const languageTexts = () => show.languages.find((one) => one.lang === ui) || show.languages[0];

const fill = (content) => {
  $("#main").replaceChildren(content);
};

const header = () => {
  const cover = el("img", { class: "cover", alt: "", width: 120, height: 120, decoding: "async" });
  const [title, description] = [el("h1"), el("p", { class: "description" })];
  const languages = spoken(el("div", { class: "group", role: "group" }), "interface", {}, "aria-label");
  for (const lang of Object.keys(words)) {
    const node = textNode("button", OWN_NAMES[lang], { type: "button", lang });
    languages.append(on(node, "click", () => setLanguage(lang)));
  }
  const refresh = () => {
    const texts = languageTexts();
    cover.hidden = !texts?.cover;
    if (texts?.cover && cover.getAttribute("src") !== file(texts.cover)) cover.src = file(texts.cover);
    for (const node of [title, description]) node.lang = texts?.lang || "";
    title.textContent = texts?.title || "";
    description.textContent = texts?.description === texts?.title ? "" : texts?.description || "";
    for (const node of languages.children) {
      node.setAttribute("aria-pressed", String(node.lang === ui));
    }
  };
  refresh();
  const node = el(
    "header",
    { class: "top" },
    cover,
    el("div", { class: "words" }, title, description),
    languages,
    subscribing(),
  );
  return { node, refresh };
};

const top_ = header();

const setLanguage = (lang) => {
  ui = lang;
  store.write("language", lang);
  translateAll();
  top_.refresh();
  if (view.episode) showEpisode(view.episode, { focus: "" });
  else showList();
  player.changed();
};

const route = async ({ isFirst = false } = {}) => {
  const wanted = readAddress(location.hash);
  if (!wanted) {
    if (view.episode || isFirst) showList({ from: view.episode });
    return;
  }
  const { episode, chapter, time } = wanted;
  if (view.episode !== episode) {
    reading.isFollowing = true;
    await showEpisode(episode, { focus: isFirst ? "" : "h2" });
    if (!isFirst) scrollTo(0, $("#main").offsetTop);
  }
  const hasPlace = chapter > 0 || Number.isFinite(time);
  const place = Number.isFinite(time) ? time : episode.chapters[chapter - 1]?.start;
  // Whoever only looks does not interrupt what is being heard.
  if (hasPlace || audio.paused) await player.open(episode, hasPlace ? place : NaN);
  if (hasPlace) reading.follow(true);
};

const skip = on(phrase("a", "skip", {}, { class: "skip", href: "#main" }), "click", (event) => {
  event.preventDefault();
  $("#main").focus();
});

document.body.replaceChildren(
  skip,
  top_.node,
  el("main", { id: "main", tabindex: -1 }),
  makeBar(),
  audio,
);
document.documentElement.lang = ui;
addEventListener("hashchange", () => route());
route({ isFirst: true });
watchBuilds();
