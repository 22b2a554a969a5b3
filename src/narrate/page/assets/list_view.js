// All episodes, twenty at a time, and a search in them.

const STEP = 20;
const list = { query: "", count: STEP };

const fold = (text) =>
  (text || "").normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").toLowerCase();

const haystacks = new Map();
const haystack = (episode) => {
  if (!haystacks.has(episode)) {
    const titles = (episode.chapters || []).map((one) => one.title);
    haystacks.set(episode, fold([episode.title, episode.author, episode.summary, ...titles].join("\n")));
  }
  return haystacks.get(episode);
};

// One entry for each article, in the language of the page where there is one.
const entries = () => {
  const wanted = fold(list.query).split(/\s+/).filter(Boolean);
  const fits = (episode) => wanted.every((word) => haystack(episode).includes(word));
  return [...pairs.values()]
    .filter((pair) => !wanted.length || pair.some(fits))
    .map((pair) => {
      const found = wanted.length ? pair.filter(fits) : pair;
      return found.find((one) => one.lang === ui) || found[0];
    });
};

const entry = (episode) => {
  const { lang } = episode;
  const others = pairs.get(episode.key).filter((one) => one !== episode);
  const alsoIn = others.map((one) =>
    textNode("a", OWN_NAMES[one.lang] || one.lang, {
      href: addressOf(one), lang: one.lang, class: "also",
      "aria-label": `${OWN_NAMES[one.lang] || one.lang}: ${one.title}`,
    }),
  );
  const details = meta(episode, "");
  const listen = listenButton(episode, "icon play");
  return el(
    "li",
    { class: "entry" },
    listen,
    el(
      "div",
      {},
      el("h3", { lang, class: titleLooks(episode.title) }, textNode("a", episode.title, { href: addressOf(episode) })),
      el("p", { class: "meta" }, ...details, ...alsoIn.flatMap((link) => [" · ", link])),
      episode.summary ? textNode("p", episode.summary, { lang, class: "summary" }) : null,
    ),
  );
};

const drawEntries = (focusFrom = -1) => {
  const found = entries();
  const shown = found.slice(0, list.count).map(entry);
  $(".entries").replaceChildren(...shown);
  const left = Math.min(STEP, found.length - shown.length);
  const more = $(".more");
  more.hidden = left <= 0;
  if (left > 0) spoken(more, "more", { n: left });
  $(".empty").hidden = found.length > 0;
  $(".count").textContent = list.query
    ? say("found", { n: found.length })
    : say(found.length === 1 ? "episode" : "episodes", { n: found.length });
  if (focusFrom >= 0) $("h3 a", shown[focusFrom])?.focus();
};

// Puts people back where they left the list for an episode.
const returnFrom = (episode) => {
  const addresses = pairs.get(episode.key).map((one) => addressOf(one));
  const link = [...document.querySelectorAll(".entry h3 a")].find((one) =>
    addresses.includes(one.getAttribute("href")));
  (link || $(".list h2")).focus({ preventScroll: true });
  link?.scrollIntoView({ block: "center" });
};

const showList = ({ from = null } = {}) => {
  view.episode = null;
  view.draw += 1;
  reading.clear();
  document.body.classList.remove("wide");
  const texts = languageTexts();
  document.title = texts?.title || "";
  const search = spoken(
    el("input", { type: "search", autocomplete: "off", value: list.query }), "search", {},
    "placeholder");
  spoken(search, "search", {}, "placeholder");
  on(search, "input", () => {
    list.query = search.value;
    list.count = STEP;
    drawEntries();
  });
  const isEmpty = !show.episodes.length;
  fill(
    el(
      "section",
      { class: "list" },
      el("div", { class: "list-head" }, phrase("h2", "all", {}, { tabindex: -1 }),
        el("p", { class: "count", role: "status" })),
      pairs.size > 5
        ? el("label", { class: "search" }, phrase("span", "search", {}, { class: "sr" }), search)
        : null,
      el("ol", { class: "entries" }),
      phrase("p", isEmpty ? "no_episodes" : "nothing", {}, { class: "empty quiet" }),
      press("more", { n: STEP }, () => {
        const from = list.count;
        list.count += STEP;
        drawEntries(from);
      }, { class: "more" }),
    ),
  );
  drawEntries();
  if (from) returnFrom(from);
};
