// Where one is (#episodes, #words, #KEY.LANG), and building, which leads back there.

import { chooseAgain, clearBench } from "./bench.js";
import { $, counted } from "./dom.js";
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

export function showView(view) {
  for (const name of ["episodes", "episode", "words"]) $(`view-${name}`).hidden = name !== view;
  for (const [id, isHere] of [["to-episodes", view !== "words"], ["to-words", view === "words"]]) {
    if (isHere) $(id).setAttribute("aria-current", "page");
    else $(id).removeAttribute("aria-current");
  }
}

export async function route() {
  const place = placeNamed();
  const [, key, lang] = /^(.+)\.(de|en)$/.exec(place) ?? [];
  const view = key ? "episode" : place === "words" ? "words" : "episodes";
  showView(view);
  if (view === "words") await loadLexicon();
  if (!key) return;
  const isOther = state.episode?.key !== key || state.episode?.lang !== lang;
  if (isOther) {
    clearBench();
    $("chapters").replaceChildren();
    $("episode-heading").textContent = place;
  }
  await loadEpisode(key, lang);
  if (state.chosen) await chooseAgain();
  if (isOther) $("episode-heading").focus();
}
