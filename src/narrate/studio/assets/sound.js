// Playing: parts of the episode, and sounds that were made for this page.

import { $ } from "./dom.js";
import { idOf } from "./episodes.js";
import { Trouble } from "./server.js";
import { state } from "./state.js";

export const player = $("player");

async function begin() {
  try {
    await player.play();
  } catch (error) {
    if (error.name === "AbortError") return; // something else is to be heard by now
    const isForbidden = error.name === "NotAllowedError";
    throw new Trouble({
      what: isForbidden ? "The browser lets no sound begin by itself" : "This sound cannot be played",
      where: "",
      mend: isForbidden ? "Press the player's own button." : "Is the file still there? Load the page anew.",
    });
  }
}

export function playPart(start, end, words) {
  state.until = end;
  state.part = words;
  $("heard").textContent = words;
  if (player.dataset.source !== state.episode.audio) {
    player.dataset.source = state.episode.audio;
    player.src = state.episode.audio;
  }
  state.episodeIsLoaded = true;
  player.currentTime = start;
  return begin();
}

export function playSound(address, words) {
  state.until = Infinity;
  state.episodeIsLoaded = false;
  $("heard").textContent = words;
  player.dataset.source = address;
  player.src = address;
  return begin();
}

export const ended = () =>
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
