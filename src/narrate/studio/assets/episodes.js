// The list of episodes, and one of them sentence by sentence.

import { again, choose } from "./bench.js";
import { $, button, clock, counted, make, NAMES } from "./dom.js";
import { build } from "./places.js";
import { ask, guarded } from "./server.js";
import { playPart } from "./sound.js";
import { state } from "./state.js";
import { paintWordVoices } from "./words.js";

export async function loadShow() {
  state.show = await ask("api/show");
  const { languages, episodes, voices } = state.show;
  const titles = languages.map((one) => make("span", { lang: one.lang }, one.title));
  $("show").replaceChildren(...titles.flatMap((title, at) => (at ? [" · ", title] : [title])));
  $("search-row").hidden = episodes.length < 12;
  paintEpisodes();
  guarded(loadUnbuilt)();
  const chosen = ["word-lang", "say-voice", "word-voice"].map((id) => $(id).value);
  $("word-lang").replaceChildren(...Object.entries(NAMES).map(([lang, name]) => make("option", { value: lang, lang }, name)));
  if (chosen[0] || languages.length) $("word-lang").value = chosen[0] || languages[0].lang;
  $("say-voice").replaceChildren(...voices.map((one) => make("option", { value: one.name }, `${one.name} (${NAMES[one.lang]})`)));
  const usual = languages.find((one) => one.voice);
  if (voices.some((one) => one.name === chosen[1])) $("say-voice").value = chosen[1];
  else if (usual) $("say-voice").value = usual.voice;
  paintWordVoices(voices.some((one) => one.name === chosen[2]) ? chosen[2] : "");
}

export function paintEpisodes() {
  const wanted = $("search").value.trim().toLowerCase();
  const found = state.show.episodes.filter((one) => `${one.title} ${one.key}`.toLowerCase().includes(wanted));
  const items = found.slice(0, 300).map((one) =>
    make("li", {},
      make("a", { href: `#${one.key}.${one.lang}` },
        make("span", { class: "name", lang: one.lang }, one.title),
        make("span", { class: "facts" }, `${NAMES[one.lang]}, ${counted(one.chapters, "chapter")}, ${clock(one.seconds)}`))));
  if (!state.show.episodes.length) items.push(make("li", {}, "There is no finished episode yet. “Build what has changed” makes them."));
  else if (!found.length) items.push(make("li", {}, "No episode has this in its name."));
  else if (found.length > 300) items.push(make("li", {}, `${found.length - 300} more: type a part of the name.`));
  $("episodes").replaceChildren(...items);
}

// Articles are read for it, which may take longer than the list is waited for.
async function loadUnbuilt() {
  const { show } = state;
  const { articles } = await ask("api/unbuilt");
  if (state.show !== show) return; // another list was asked for meanwhile
  const keys = new Set(articles.map((one) => one.key));
  $("unbuilt").hidden = !articles.length;
  $("articles").replaceChildren(...[...keys].map((key) => articleItem(key, articles.filter((one) => one.key === key))));
}

function articleItem(key, versions) {
  const names = versions.map((one) =>
    make("span", { class: "name" },
      make("span", { lang: one.lang }, one.title), make("span", { class: "facts" }, ` ${NAMES[one.lang]}`)));
  return make("li", {},
    make("div", {}, ...names),
    button("Build it", guarded(() => build({ key })), { "aria-label": `Build ${versions[0].title}` }));
}

export const idOf = (chapter, sentence) => `s-${chapter.number}-${sentence.number}`;

export async function loadEpisode(key, lang) {
  const round = ++state.rounds;
  const episode = await ask(`api/episode?key=${encodeURIComponent(key)}&lang=${lang}`);
  if (round !== state.rounds) return; // another one was asked for meanwhile
  state.episode = episode;
  const heading = $("episode-heading");
  heading.textContent = episode.title;
  heading.lang = episode.lang;
  const note = $("episode-note");
  note.hidden = !episode.changed;
  note.replaceChildren(
    `Since this was built, ${episode.changed}. `,
    button("Build it", guarded(() => build({ key: episode.key })), { "aria-label": "Build this article" }),
  );
  $("chapters").replaceChildren(...episode.chapters.map(chapterSection));
}

function chapterSection(chapter) {
  const episode = state.episode;
  const name = `chapter ${chapter.number}`;
  const headingId = `chapter-${chapter.number}`;
  const voices = state.show.voices.filter((one) => one.lang === episode.lang);
  const select = make("select", { "aria-label": `Voice of ${name}` },
    ...voices.map((one) => make("option", { value: one.name, selected: one.name === chapter.voice }, one.name)));
  const list = make("ul", { class: "sentences", role: "listbox", "aria-label": `Sentences of ${name}` },
    ...chapter.sentences.map((one, at) => sentenceItem(chapter, one, at)));
  list.addEventListener("keydown", moveInList);
  const varies = voices.find((one) => one.name === chapter.voice)?.varies;
  return make("section", { class: "chapter", "aria-labelledby": headingId },
    make("h3", { id: headingId }, `${chapter.number}. `, make("span", { lang: episode.lang }, chapter.title)),
    make("p", { class: "facts" }, `${clock(chapter.start)} to ${clock(chapter.end)}`),
    make("div", { class: "buttons" },
      button("Play", guarded(() => playPart(chapter.start, chapter.end, `${episode.title}, ${name}`)), { "aria-label": `Play ${name}` }),
      varies
        ? button("Read again", guarded(() => again({ chapter: chapter.number, chapter_id: chapter.id })), { "aria-label": `Read ${name} again` })
        : "",
      select,
      button("Give it this voice", guarded(() => again({ chapter: chapter.number, chapter_id: chapter.id, voice: select.value })),
        { "aria-label": `Give ${name} this voice` })),
    list);
}

function sentenceItem(chapter, one, at) {
  const item = make("li", {
    id: idOf(chapter, one), role: "option", "aria-selected": "false", tabindex: at ? -1 : 0,
    class: one.kind === "sentence" || !one.kind ? "" : one.kind, lang: one.lang,
  }, one.text);
  if (one.take) item.append(make("span", { class: "mark-take", lang: "en" }, `take ${one.take}`));
  item.addEventListener("click", guarded(async (event) => {
    await choose(chapter, one);
    // Who chose by key goes on at the bench; so does who has it below the text.
    if (event.detail === 0 || window.matchMedia("(max-width: 52rem)").matches) $("bench-heading").focus();
  }));
  item.addEventListener("dblclick", guarded(() => hear(chapter, one)));
  return item;
}

function moveInList(event) {
  const items = [...event.currentTarget.children];
  const at = items.indexOf(event.target.closest("li"));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    if (!items[to]) return;
    for (const item of items) item.tabIndex = item === items[to] ? 0 : -1;
    items[to].focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    items[at]?.click();
  }
}

export function hear(chapter, one) {
  return playPart(one.start, one.end + 0.05, `Chapter ${chapter.number}, sentence ${one.number}: ${one.text}`);
}
