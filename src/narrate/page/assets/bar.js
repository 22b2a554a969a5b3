// What one sees of the player.

const button = (name, phrase, values, press) =>
  on(spoken(el("button", { type: "button", class: `icon ${name}` }, icon(name)), phrase, values,
    "aria-label"), "click", press);

// A button that lets one listen to an episode, and stops what is heard of it.
const listenButton = (episode, looks) => {
  const node = on(el("button", { type: "button", class: looks }), "click",
    () => player.toggle(episode));
  node.dataset.listen = idOf(episode);
  refreshListening(node);
  return node;
};

const refreshListening = (node) => {
  const episode = episodes.get(node.dataset.listen);
  const state = player.isHeard(episode) ? "pause" : "listen";
  if (node.dataset.state === state) return;
  node.dataset.state = state;
  if (!node.classList.contains("icon")) {
    spoken(node, state);
    return;
  }
  spoken(node, `${state}_to`, { title: episode.title }, "aria-label");
  node.replaceChildren(icon(state === "pause" ? "pause" : "play"));
};
player.listeners.push(() => document.querySelectorAll("[data-listen]").forEach(refreshListening));

const choice = (phrase, options, chosen, change, sign = null) => {
  const select = el("select");
  for (const [value, label] of options) {
    const option = el("option", { value });
    if (typeof label === "string") option.textContent = label;
    else spoken(option, ...label);
    select.append(option);
  }
  select.value = chosen;
  on(select, "change", () => change(select.value));
  return { select, label: el("label", { class: "choice" }, sign, spoken(el("span"), phrase), select) };
};

// Seconds for each key on the slider.
const STEER_S = {
  ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60,
};

const makeBar = () => {
  const play = button("play", "play", {}, () => player.toggle());
  const [playIcon, pauseIcon] = [play.firstChild, icon("pause")];
  const title = el("a", { class: "playing" });
  const chapter = el("span", { class: "chapter" });
  const slider = spoken(
    el("input", { type: "range", min: 0, step: 1, value: 0 }), "position", {}, "aria-label");
  const [now, rest] = [el("span", { class: "time" }), el("span", { class: "time" })];
  const ticks = el("div", { class: "ticks", "aria-hidden": "true" });
  const track = el("div", { class: "track" }, ticks, slider);
  const failed = el("p", { class: "failed", role: "alert" });
  const speed = choice(
    "speed",
    SPEEDS.map((rate) => [rate, `${rate}×`]),
    Number(store.read("speed")) || 1,
    (value) => player.setSpeed(Number(value)),
  );
  const sleep = choice(
    "sleep",
    [
      ["off", ["sleep_off"]],
      ["chapter", ["sleep_chapter"]],
      ...SLEEP_MINUTES.map((n) => [n, ["sleep_in", { n }]]),
    ],
    "off",
    (value) => player.setSleep(value),
    icon("moon"),
  );
  const left = el("span", { class: "left", "aria-hidden": "true" });
  sleep.label.append(left);
  const [previous, next] = [
    button("previous", "previous_chapter", {}, () => player.previousChapter()),
    button("next", "next_chapter", {}, () => player.toChapter(player.chapter + 1)),
  ];
  // A screen reader tells every new value of a slider that has the focus. Whoever steers with the
  // keyboard hears the position when they come to it or change it, not each second.
  const isSteered = () => slider.matches(":focus-visible");
  const tellPosition = () => {
    const { episode, chapter, length, time } = player;
    if (!episode) return;
    slider.max = Math.floor(length);
    slider.value = Math.floor(time);
    const heading = chapter ? chapterTitle(episode, chapter) : episode.title;
    slider.setAttribute(
      "aria-valuetext",
      say("position_of", { time: clock(time), length: clock(length), chapter: heading }),
    );
  };
  const steer = (seconds) => {
    player.seek(seconds);
    tellPosition();
  };
  on(slider, "focus", tellPosition);
  on(slider, "input", () => steer(Number(slider.value)));
  on(slider, "keydown", (event) => {
    const by = STEER_S[event.key];
    if (!by) return;
    event.preventDefault();
    steer(player.time + by);
  });

  let drawn = null; // the episode whose title and ticks are shown
  const drawTicks = (episode) => {
    const starts = episode.chapters.map((one) => one.start).filter((start) => start > 0);
    ticks.replaceChildren(
      ...(starts.length > 100 ? [] : starts).map((start) => {
        const tick = el("i");
        tick.style.setProperty("--at", start / (episode.duration || 1));
        return tick;
      }),
    );
  };

  const refresh = () => {
    const { episode } = player;
    bar.hidden = !episode;
    if (!episode) return;
    if (drawn !== episode) {
      drawn = episode;
      title.textContent = episode.title;
      title.lang = chapter.lang = episode.lang;
      title.href = addressOf(episode);
      drawTicks(episode);
      document.documentElement.classList.add("playable");
    }
    const [time, length, number] = [player.time, player.length, player.chapter];
    const phrase = audio.paused ? "play" : "pause";
    if (!play.dataset.wordLabel.includes(`"${phrase}"`)) spoken(play, phrase, {}, "aria-label");
    play.replaceChildren(audio.paused ? playIcon : pauseIcon);
    if (!isSteered()) tellPosition();
    track.style.setProperty("--at", Math.min(1, time / (length || 1)));
    now.textContent = clock(time);
    rest.textContent = clock(length);
    chapter.textContent = number ? chapterTitle(episode, number) : "";
    previous.disabled = next.disabled = !number;
    next.disabled ||= number >= episode.chapters.length;
    if (sleep.select.value !== String(player.sleep.mode)) sleep.select.value = player.sleep.mode;
    left.textContent = player.sleep.until ? clock((player.sleep.until - Date.now()) / 1000) : "";
    const problem = audio.error ? say("audio_failed") : "";
    if (failed.textContent !== problem) failed.textContent = problem;
  };
  player.listeners.push(refresh);

  const bar = spoken(
    el(
      "section",
      { class: "bar", hidden: true },
      el(
        "div",
        { class: "inner" },
        el("p", { class: "what" }, title, chapter),
        el("div", { class: "seek" }, now, track, rest),
        el(
          "div",
          { class: "controls" },
          el(
            "div",
            { class: "buttons" },
            previous,
            button("back", "back", { n: BACK_S }, () => player.seek(player.time - BACK_S)),
            play,
            button("forward", "skip_on", { n: ON_S }, () => player.seek(player.time + ON_S)),
            next,
          ),
          el("div", { class: "choices" }, speed.label, sleep.label),
        ),
        failed,
      ),
    ),
    "player",
    {},
    "aria-label",
  );
  // What is focused must not come to lie behind the bar.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  }).observe(bar);
  return bar;
};
