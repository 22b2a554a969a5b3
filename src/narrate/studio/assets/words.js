// Words: the lexicons, and a form to try and keep a reading.

import { $, button, counted, make, NAMES } from "./dom.js";
import { build, showView } from "./places.js";
import { ask, guarded, tell } from "./server.js";
import { playSound } from "./sound.js";
import { state } from "./state.js";
import { begin } from "./tasks.js";

export async function loadLexicon() {
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

export function paintWordVoices(chosen = "") {
  const lang = $("word-lang").value;
  const voices = state.show.voices.filter((one) => one.lang === lang);
  $("word-voice").replaceChildren(
    make("option", { value: "" }, "all voices"),
    ...voices.map((one) => make("option", { value: one.name }, `${one.name} alone`)));
  $("word-voice").value = chosen;
}

let formCase = ""; // of the entry that is edited; a word that is typed has none

export const dropCase = () => (formCase = "");

function fill(order) {
  $("word").value = order.word;
  $("word-lang").value = order.lang;
  paintWordVoices(order.voice);
  $("reading").value = order.reading;
  $("ipa").value = order.ipa;
  formCase = order.case;
  $("word").focus();
}

export function teach(one) {
  const marked = window.getSelection().toString().trim();
  location.hash = "words";
  showView("words"); // what is hidden takes no focus
  fill({ word: one.text.includes(marked) ? marked : "", lang: one.lang, reading: "", ipa: "", case: "", voice: "" });
}

export function teachOrder(keep) {
  return {
    word: $("word").value, lang: $("word-lang").value, reading: $("reading").value,
    ipa: $("ipa").value, case: formCase, voice: $("word-voice").value, keep,
  };
}

export async function played(result) {
  const notes = result.notes ?? [];
  if (notes.length) tell(notes.join(" "));
  if (result.sound) await playSound(result.sound, `Said: ${result.spoken}`);
}

export function tellUses(head, uses) {
  if (!uses.length) {
    tell(`${head} No article is read otherwise.`);
    return;
  }
  const words = uses.map((use) => `${use.article} (${use.sentences} of ${counted(use.of, "sentence")})`).join(", ");
  tell(`${head} Read otherwise from the next build on: ${words}. `, button("Build now", guarded(() => build({}))));
}
