// Where one is (#episodes, #words, #KEY.LANG), and building, which leads back there.

import { $, counted, make } from "./dom.js";
import { loadEpisode, loadShow } from "./episodes.js";
import { tell } from "./server.js";
import { state } from "./state.js";
import { begin } from "./tasks.js";
import { loadLexicon } from "./words.js";

export const build = (order) =>
  begin("build", order, async ({ written }) => {
    await loadShow();
    await route();
    tell(written ? `Built: ${counted(written, "episode")} written.` : "Built: nothing had changed.");
  });

function placeNamed() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // somebody has typed a lone “%”
  }
}

export async function route() {
  const place = placeNamed();
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
