// What one sees of the player.

const button = (name, phrase, values, press) =>
  on(spoken(el("button", { type: "button", class: `icon ${name}` }, icon(name)), phrase, values,
    "aria-label"), "click", press);

const choice = (phrase, options, chosen, change) => {
  const select = el("select");
  for (const [value, label] of options) {
    const option = el("option", { value });
    if (typeof label === "string") option.textContent = label;
    else spoken(option, ...label);
    select.append(option);
  }
  select.value = chosen;
  on(select, "change", () => change(select.value));
  return { select, label: el("label", { class: "choice" }, spoken(el("span"), phrase), select) };
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
  );
  const left = el("span", { class: "left", "aria-hidden": "true" });
  sleep.label.append(left);
  const [previous, next] = [
    button("previous", "previous_chapter", {}, () => player.previousChapter()),
    button("next", "next_chapter", {}, () => player.toChapter(player.chapter + 1)),
  ];
  on(slider, "input", () => player.seek(Number(slider.value)));

  let drawn = null; // the episode whose title and ticks are shown
  const drawTicks = (episode) => {
    const starts = episode.chapters.map((one) => one.start).filter((start) => start > 0);
    ticks.replaceChildren(
      ...(starts.length > 100 ? [] : starts).map((start) => {
        const tick = el("i");
        tick.style.left = `${(100 * start) / (episode.duration || 1)}%`;
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
    slider.max = Math.floor(length);
    if (Number(slider.value) !== Math.floor(time)) slider.value = Math.floor(time);
    slider.style.setProperty("--done", `${(100 * slider.value) / (slider.max || 1)}%`);
    const heading = number ? chapterTitle(episode, number) : episode.title;
    slider.setAttribute(
      "aria-valuetext",
      say("position_of", { time: clock(time), length: clock(length), chapter: heading }),
    );
    now.textContent = clock(time);
    rest.textContent = clock(length);
    chapter.textContent = number ? heading : "";
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
        el("div", { class: "seek" }, now, el("div", { class: "track" }, ticks, slider), rest),
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
