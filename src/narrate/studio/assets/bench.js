// The bench: one sentence, its takes.

import { $, button, clock, make } from "./dom.js";
import { hear, idOf, loadEpisode } from "./episodes.js";
import { ask, guarded, tell } from "./server.js";
import { ended, player, playSound } from "./sound.js";
import { state } from "./state.js";
import { begin } from "./tasks.js";
import { teach } from "./words.js";

const middle = (one) => (one.start + one.end) / 2;

export async function choose(chapter, one) {
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

export function clearBench() {
  state.chosen = null;
  $("bench-heading").textContent = "No sentence is chosen";
  $("bench-body").replaceChildren(make("p", {}, "Choose a sentence to hear it, to compare its takes, or to have it read again."));
}

// The sentence that was on the bench, in the episode as it is now; none where it says something else.
export async function chooseAgain() {
  const { chapter, one } = state.chosen;
  const now = state.episode.chapters[chapter.number - 1];
  const same = now?.sentences.find((other) => other.number === one.number && other.text === one.text);
  if (same) await choose(now, same);
  else clearBench();
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
  if (player.dataset.source !== address) return; // something else is played
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

export async function again(how) {
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
