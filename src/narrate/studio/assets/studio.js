// The maker's page. It asks the studio's server by relative addresses, which hold the key.

const $ = (id) => document.getElementById(id);
const player = $("player");
const NAMES = { de: "Deutsch", en: "English" };

const state = {
  show: null,
  episode: null,
  chosen: null, // the sentence on the bench
  takes: null,
  task: 0, // number of the task whose end was seen last
  busy: false,
  afterwards: new Map(), // number of a task → what follows it
  until: Infinity, // where playing a part ends, in seconds
  part: "", // what is played, in words
  episodeIsLoaded: false,
  playing: null, // number of the take that was heard last
  rounds: 0,
};

// --- Making elements: text is text, never markup.

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false || value === null) continue;
    if (name === "onclick") element.addEventListener("click", value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

function button(words, onclick, properties = {}) {
  return make("button", { type: "button", onclick, ...properties }, words);
}

function clock(seconds) {
  const whole = Math.floor(seconds + 1e-6);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const counted = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

// --- Asking the server.

class Trouble extends Error {
  constructor(parts) {
    super(parts.what);
    this.parts = parts;
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Trouble({ what: "The studio does not answer", where: "", mend: "Has it ended? Start `narrate studio` again and open the address that it prints." });
  }
  if (answer.headers.get("content-type")?.startsWith("application/json")) {
    const content = await answer.json();
    if (answer.ok) return content;
    throw new Trouble(content.error);
  }
  throw new Trouble({ what: (await answer.text()).trim(), where: "", mend: "" });
}

const post = (path, content) =>
  ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(content) });

function complain(error) {
  const parts = error instanceof Trouble ? error.parts : { what: String(error), where: "", mend: "" };
  const head = parts.where ? `${parts.where}: ${parts.what}` : parts.what;
  $("trouble").replaceChildren(
    make("p", {}, head),
    ...(parts.mend ? [make("p", {}, parts.mend)] : []),
    button("Close", () => ($("trouble").hidden = true)),
  );
  $("trouble").hidden = false;
}

function tell(words, ...more) {
  $("news").replaceChildren(words, ...more);
}

function guarded(action) {
  return async (...given) => {
    try {
      await action(...given);
    } catch (error) {
      complain(error);
    }
  };
}

// --- Tasks: one at a time; the page asks how far it is.

async function begin(kind, order, afterwards) {
  $("trouble").hidden = true;
  tell("");
  const { number } = await post(`api/tasks/${kind}`, order);
  state.afterwards.set(number, afterwards ?? (() => {}));
  if (!state.busy) await follow();
}

async function follow() {
  state.busy = true;
  let next = 0;
  let shown = 0;
  let wait = 30; // what is quick is seen at once
  try {
    for (;;) {
      const told = await ask(`api/progress?since=${next}`);
      if (told.state === "idle") break;
      if (told.number !== shown) {
        [shown, next] = [told.number, 0];
        $("task-lines").replaceChildren();
      }
      if (next !== told.next) {
        for (const line of told.lines) $("task-lines").append(make("li", { class: line.weight }, line.text));
        next = told.next;
      }
      if (told.state !== "running") {
        finish(told);
        break;
      }
      paint(told);
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(2 * wait, 300);
    }
  } finally {
    state.busy = false;
  }
}

function paint(told) {
  $("task").hidden = $("task-words").hidden = false;
  $("said-head").textContent = "What it says";
  $("stop").hidden = false;
  $("task-bar").hidden = false;
  const doing = told.of || told.lines.length ? told.doing : "";
  $("task-words").textContent = `Now ${told.words}${doing ? `: ${doing}` : ""}`;
  const bar = $("task-bar");
  if (told.of) [bar.max, bar.value] = [told.of, told.done];
  else bar.removeAttribute("value");
}

function finish(told) {
  const isNew = told.number > state.task;
  state.task = Math.max(state.task, told.number);
  $("stop").hidden = true;
  $("task-bar").hidden = true;
  const ends = { done: "Done", failed: "Failed", stopped: "Stopped" };
  $("task-words").hidden = true;
  $("said-head").textContent = `${ends[told.state]}, ${told.words}: what it said`;
  $("task").hidden = !$("task-lines").children.length;
  if (!isNew) return;
  const follows = state.afterwards.get(told.number);
  state.afterwards.delete(told.number);
  if (told.state === "failed") {
    complain(new Trouble(told.error));
  } else if (told.state === "stopped") {
    tell("Stopped. What was done is kept.");
  } else if (follows) {
    Promise.resolve(follows(told.result)).catch(complain);
  }
}

// --- Playing: parts of the episode, and sounds that were made for this page.

function playPart(start, end, words) {
  state.until = end;
  state.part = words;
  $("heard").textContent = words;
  if (player.dataset.source !== state.episode.audio) {
    player.dataset.source = state.episode.audio;
    player.src = state.episode.audio;
  }
  state.episodeIsLoaded = true;
  player.currentTime = start;
  return player.play();
}

function playSound(address, words) {
  state.until = Infinity;
  state.episodeIsLoaded = false;
  $("heard").textContent = words;
  player.dataset.source = address;
  player.src = address;
  return player.play();
}

const ended = () =>
  new Promise((resolve) => {
    const done = () => {
      for (const name of ["ended", "error", "emptied"]) player.removeEventListener(name, done);
      resolve();
    };
    for (const name of ["ended", "error", "emptied"]) player.addEventListener(name, done);
  });

function followSound() {
  if (player.currentTime >= state.until && !player.paused) {
    player.pause();
    state.until = Infinity;
  }
  const now = player.currentTime;
  const isHere = state.episodeIsLoaded && state.episode && player.dataset.source === state.episode.audio;
  for (const item of document.querySelectorAll("li.heard")) item.classList.remove("heard");
  if (!isHere || (player.paused && !now)) return;
  for (const chapter of state.episode.chapters) {
    if (now < chapter.start || now >= chapter.end) continue;
    const one = chapter.sentences.findLast((sentence) => sentence.start <= now + 0.05);
    if (one) $(idOf(chapter, one))?.classList.add("heard");
  }
}

player.addEventListener("timeupdate", followSound);
player.addEventListener("pause", followSound);
// "timeupdate" comes four times a second: too late for the end of a sentence.
setInterval(() => {
  if (!player.paused && state.until !== Infinity) followSound();
}, 30);

// --- Episodes.

async function loadShow() {
  state.show = await ask("api/show");
  const { languages, episodes, voices } = state.show;
  const titles = languages.map((one) => make("span", { lang: one.lang }, one.title));
  $("show").replaceChildren(...titles.flatMap((title, at) => (at ? [" · ", title] : [title])));
  $("search-row").hidden = episodes.length < 12;
  paintEpisodes();
  $("word-lang").replaceChildren(...Object.entries(NAMES).map(([lang, name]) => make("option", { value: lang, lang }, name)));
  if (languages.length) $("word-lang").value = languages[0].lang;
  $("say-voice").replaceChildren(...voices.map((one) => make("option", { value: one.name }, `${one.name} (${NAMES[one.lang]})`)));
  const usual = languages.find((one) => one.voice);
  if (usual) $("say-voice").value = usual.voice;
  paintWordVoices();
}

function paintEpisodes() {
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

const idOf = (chapter, sentence) => `s-${chapter.number}-${sentence.number}`;

async function loadEpisode(key, lang) {
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

function hear(chapter, one) {
  return playPart(one.start, one.end + 0.05, `Chapter ${chapter.number}, sentence ${one.number}: ${one.text}`);
}

// --- The bench: one sentence, its takes.

const middle = (one) => (one.start + one.end) / 2;

async function choose(chapter, one) {
  for (const item of document.querySelectorAll('[role="option"]')) item.setAttribute("aria-selected", "false");
  const item = $(idOf(chapter, one));
  item?.setAttribute("aria-selected", "true");
  state.chosen = { chapter, one };
  state.takes = state.playing = null;
  paintBench();
  const { key, lang } = state.episode;
  const round = ++state.rounds;
  const takes = await ask(`api/takes?key=${encodeURIComponent(key)}&lang=${lang}&at=${middle(one)}`);
  if (round !== state.rounds) return;
  state.takes = takes;
  paintBench();
}

function paintBench() {
  const { chapter, one } = state.chosen;
  const place = `Chapter ${chapter.number}, sentence ${one.number}`;
  $("bench-heading").textContent = place;
  const facts = [["Heard at", `${clock(one.start)} to ${clock(one.end)}`], ["Voice", one.voice], ["Take", String(one.take)]];
  const list = make("dl", {}, ...facts.flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, text)]));
  if (one.spoken !== one.text) list.append(make("dt", {}, "Spoken as"), make("dd", { lang: one.lang }, one.spoken));
  $("bench-body").replaceChildren(
    make("blockquote", { lang: one.lang }, one.text),
    list,
    make("div", { class: "buttons" },
      button("Play", guarded(() => hear(chapter, one)), { "aria-label": "Play this sentence", id: "play-sentence" }),
      button("Teach a word", () => teach(one), { id: "teach-from-here" }),
      button("Back to the text", () => backTo(chapter, one))),
    ...takesOf(one),
  );
}

function backTo(chapter, one) {
  const item = $(idOf(chapter, one));
  for (const other of item.parentElement.children) other.tabIndex = other === item ? 0 : -1;
  item.focus();
}

function takesOf(one) {
  const takes = state.takes;
  if (!takes) return [make("p", { class: "facts" }, "Looking for its takes …")];
  if (!takes.varies) {
    return [make("h4", {}, "Takes"), make("p", {}, `The voice ${takes.voice} reads a sentence alike each time. Teach it a word, or give the chapter another voice.`)];
  }
  const next = takes.last + 1;
  const rows = takes.takes.map((take) => takeRow(one, take));
  const there = takes.takes.filter((take) => take.seconds);
  return [
    make("h4", { id: "takes-heading" }, "Takes"),
    make("ul", { class: "takes", "aria-labelledby": "takes-heading" }, ...rows),
    make("div", { class: "buttons" },
      there.length > 1 ? button("Play all in turn", guarded(() => playInTurn(there)), { id: "play-all" }) : "",
      button(`Hear take ${next}`, guarded(() => listen(next)), { id: "hear-next", "aria-label": `Hear take ${next} without choosing it` }),
      button("Read it again", guarded(() => again({ at: middle(one) })), { id: "read-again", class: "main" })),
  ];
}

function takeRow(one, take) {
  const name = `take ${take.number}`;
  const facts = [take.seconds ? `${take.seconds.toFixed(1)} s` : "not spoken yet", ...(take.chosen ? ["chosen"] : [])].join(", ");
  return make("li", { class: state.playing === take.number ? "take playing" : "take", id: `take-${take.number}` },
    make("span", {}, `Take ${take.number} (${facts})`),
    button("Play", guarded(() => listen(take.number)), { "aria-label": `Play ${name}` }),
    take.chosen ? "" : button("Use", guarded(() => again({ at: middle(one), take: take.number })), { "aria-label": `Use ${name}` }));
}

function soundOf(number) {
  const { key, lang } = state.episode;
  const { one } = state.chosen;
  return new Promise((resolve, reject) => {
    begin("listen", { key, lang, at: middle(one), take: number }, (result) => resolve(result.sound)).catch(reject);
  });
}

async function listen(number) {
  const chosen = state.chosen;
  const address = await soundOf(number);
  if (state.chosen !== chosen) return;
  if (!state.takes.takes.some((take) => take.number === number)) {
    state.takes.takes.push({ number, chosen: false, seconds: 0 });
    state.takes.last = Math.max(state.takes.last, number);
  }
  await playTake(number, address);
  state.takes.takes.find((take) => take.number === number).seconds ||= await lengthOf();
  paintBench();
  $(`take-${number}`)?.querySelector("button").focus();
}

const lengthOf = () =>
  new Promise((resolve) => {
    if (player.duration) resolve(player.duration);
    else player.addEventListener("loadedmetadata", () => resolve(player.duration), { once: true });
  });

function playTake(number, address) {
  markTake(number);
  return playSound(address, `Take ${number}: ${state.chosen.one.text}`);
}

function markTake(number) {
  state.playing = number;
  for (const row of document.querySelectorAll(".take")) row.classList.toggle("playing", row.id === `take-${number}`);
}

async function playInTurn(takes) {
  const chosen = state.chosen;
  for (const take of takes) {
    const address = await soundOf(take.number);
    if (state.chosen !== chosen) return;
    await playTake(take.number, address);
    await ended();
    if (player.dataset.source !== address) return; // something else is played
  }
  markTake(null);
}

async function again(how) {
  const { key, lang } = state.episode;
  await begin("regenerate", { key, lang, ...how }, async ({ changes }) => {
    await loadEpisode(key, lang);
    const change = changes[0];
    const chapter = state.episode.chapters[change.chapter - 1];
    const takes = change.takes.length === 1 ? `take ${change.takes[0]}` : `takes ${change.takes.join(", ")}`;
    tell(`${change.changed ? "Changed" : "As it was"}: chapter ${change.chapter}${change.text ? `, sentence ${change.sentences.join(" and ")}` : ""}, from ${clock(change.starts_s[0])} on; ${takes}, voice ${change.voice}.`);
    if (!change.text) return;
    const number = state.chosen && change.sentences.includes(state.chosen.one.number) ? state.chosen.one.number : change.sentences[0];
    const one = chapter.sentences.find((sentence) => sentence.number === number);
    await choose(chapter, one);
    $("bench-heading").focus();
    await hear(chapter, one);
  });
}

// --- Words.

async function loadLexicon() {
  const { entries } = await ask("api/lexicon");
  $("no-words").hidden = entries.length > 0;
  $("lexicon-box").hidden = !entries.length;
  $("lexicon").tBodies[0].replaceChildren(...entries.map(entryRow));
}

function entryRow(entry) {
  const whose = entry.voices.length ? entry.voices.join(", ") : NAMES[entry.lang];
  const order = { word: entry.word, lang: entry.lang, reading: entry.reading, ipa: entry.ipa, case: entry.case, voice: entry.voices[0] ?? "" };
  // What a form cannot say is changed in the file.
  const isPlain = !entry.pattern && entry.voices.length < 2;
  return make("tr", {},
    make("th", { scope: "row", lang: entry.lang }, entry.word),
    make("td", {}, make("span", { lang: entry.lang }, entry.reading), " ",
      entry.ipa ? make("span", { lang: "und-fonipa" }, `[${entry.ipa}]`) : ""),
    make("td", {}, whose),
    make("td", {}, make("div", { class: "buttons" },
      isPlain ? button("Hear", guarded(() => begin("teach", { ...order, keep: false }, played)), { "aria-label": `Hear ${entry.word}` }) : "",
      isPlain ? button("Edit", () => fill(order), { "aria-label": `Edit ${entry.word}` }) : "pattern, or for several voices: edit the file ",
      button("Remove", guarded(() => forget(entry)), { "aria-label": `Remove ${entry.word}` }))));
}

async function forget(entry) {
  if (!window.confirm(`Take “${entry.word}” out of the lexicon?`)) return;
  await begin("forget", { word: entry.word, lang: entry.lang }, async ({ uses }) => {
    await loadLexicon();
    tellUses(`“${entry.word}” is gone.`, uses);
    $("words-heading").focus();
  });
}

function paintWordVoices(chosen = "") {
  const lang = $("word-lang").value;
  const voices = state.show.voices.filter((one) => one.lang === lang);
  $("word-voice").replaceChildren(
    make("option", { value: "" }, "all voices"),
    ...voices.map((one) => make("option", { value: one.name }, `${one.name} alone`)));
  $("word-voice").value = chosen;
}

let formCase = "";

function fill(order) {
  $("word").value = order.word;
  $("word-lang").value = order.lang;
  paintWordVoices(order.voice);
  $("reading").value = order.reading;
  $("ipa").value = order.ipa;
  formCase = order.case;
  $("word").focus();
}

function teach(one) {
  const marked = window.getSelection().toString().trim();
  fill({ word: one.text.includes(marked) ? marked : "", lang: one.lang, reading: "", ipa: "", case: "", voice: "" });
  location.hash = "words";
}

function teachOrder(keep) {
  return {
    word: $("word").value, lang: $("word-lang").value, reading: $("reading").value,
    ipa: $("ipa").value, case: formCase, voice: $("word-voice").value, keep,
  };
}

async function played(result) {
  const notes = result.notes ?? [];
  if (notes.length) tell(notes.join(" "));
  if (result.sound) await playSound(result.sound, `Said: ${result.spoken}`);
}

function tellUses(head, uses) {
  if (!uses.length) {
    tell(`${head} No article is read otherwise.`);
    return;
  }
  const words = uses.map((use) => `${use.article} (${use.sentences} of ${counted(use.of, "sentence")})`).join(", ");
  tell(`${head} Read otherwise from the next build on: ${words}. `, button("Build now", guarded(() => build({}))));
}

const build = (order) =>
  begin("build", order, async ({ written }) => {
    await loadShow();
    await route();
    tell(written ? `Built: ${counted(written, "episode")} written.` : "Built: nothing had changed.");
  });

// --- Where one is: #episodes, #words, #KEY.LANG.

async function route() {
  const place = decodeURIComponent(location.hash.slice(1));
  const [, key, lang] = /^(.+)\.(de|en)$/.exec(place) ?? [];
  const view = key ? "episode" : place === "words" ? "words" : "episodes";
  for (const name of ["episodes", "episode", "words"]) $(`view-${name}`).hidden = name !== view;
  for (const [id, isHere] of [["to-episodes", view !== "words"], ["to-words", view === "words"]]) {
    if (isHere) $(id).setAttribute("aria-current", "page");
    else $(id).removeAttribute("aria-current");
  }
  if (view === "words") await loadLexicon();
  if (!key) return;
  const isOther = state.episode?.key !== key || state.episode?.lang !== lang;
  if (isOther) {
    state.chosen = null;
    $("chapters").replaceChildren();
    $("episode-heading").textContent = place;
    $("bench-heading").textContent = "No sentence is chosen";
    $("bench-body").replaceChildren(make("p", {}, "Choose a sentence to hear it, to compare its takes, or to have it read again."));
  }
  await loadEpisode(key, lang);
  if (isOther) $("episode-heading").focus();
}

$("search").addEventListener("input", paintEpisodes);
$("word-lang").addEventListener("change", () => paintWordVoices());
$("word").addEventListener("input", () => (formCase = ""));
$("build").addEventListener("click", guarded(() => build({})));
$("stop").addEventListener("click", guarded(() => post("api/stop", {})));
$("try").addEventListener("click", guarded(async () => {
  if ($("teach").reportValidity()) await begin("teach", teachOrder(false), played);
}));
$("teach").addEventListener("submit", (event) => {
  event.preventDefault();
  guarded(() => begin("teach", teachOrder(true), async (result) => {
    await loadLexicon();
    await played(result);
    tellUses(`“${$("word").value}” is kept.`, result.uses);
  }))();
});
$("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = $("say-voice").value;
  const voice = state.show.voices.find((one) => one.name === name);
  guarded(() => begin("say", { text: $("text").value, lang: voice.lang, voice: name }, played))();
});
window.addEventListener("hashchange", guarded(route));

guarded(async () => {
  await loadShow();
  const told = await ask("api/progress");
  if (told.state === "running") follow().catch(complain);
  else state.task = told.number;
  await route();
})();
