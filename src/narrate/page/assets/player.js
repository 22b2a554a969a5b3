// The player at the foot of the page: one sound, whatever is being looked at.

const SPEEDS = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5];
const SLEEP_MINUTES = [5, 10, 15, 30, 45, 60];
const BACK_S = 15;
const ON_S = 30;
const NOTE_EVERY_MS = 5000;

const audio = el("audio", { preload: "metadata" });

const player = {
  episode: null,
  wanted: null, // where to go once the length is known
  sleep: { mode: "off", until: 0, chapterEnd: Infinity },
  loading: null, // the episode that is being loaded as a whole, to be sought in
  resumes: false, // whether it is played when it is there
  held: "", // the address of one that was loaded as a whole
  notedAt: 0,
  listeners: [],

  // A known length is there before the file has been asked.
  get length() {
    return Number.isFinite(audio.duration) ? audio.duration : this.episode?.duration || 0;
  },
  get time() {
    return this.wanted ?? audio.currentTime;
  },
  get chapter() {
    return chapterAt(this.episode, this.time);
  },

  async open(episode, seconds = NaN) {
    if (this.episode !== episode) {
      this.note();
      audio.pause();
      await withChapters(episode);
      this.episode = episode;
      const files = episode.files;
      this.release();
      audio.src = file((files.find((one) => audio.canPlayType(one.type)) || files[0]).name);
      audio.playbackRate = audio.defaultPlaybackRate = Number(store.read("speed")) || 1;
      this.wanted = progress.of(episode).at;
      if (this.wanted > this.length - 2) this.wanted = 0;
      this.tellSystem();
    }
    if (Number.isFinite(seconds)) this.seek(seconds);
    this.sleepHere();
    this.changed();
  },

  async play(episode = this.episode, seconds = NaN) {
    await this.open(episode, seconds);
    if (this.loading) {
      this.resumes = true;
      return;
    }
    try {
      await audio.play();
    } catch {
      this.changed(); // the browser wants a press of the button first, or the file is bad
    }
  },

  pause() {
    this.resumes = false;
    audio.pause();
  },

  isHeard(episode) {
    return this.episode === episode && !audio.paused;
  },

  toggle(episode = this.episode) {
    if (this.isHeard(episode)) this.pause();
    else this.play(episode);
  },

  seek(seconds) {
    const place = Math.min(Math.max(0, seconds), Math.max(0, this.length - 0.1));
    this.wanted = place;
    if (audio.readyState > 0) this.goToWanted();
    this.sleepHere();
    this.changed();
  },

  goToWanted() {
    const { seekable } = audio;
    const canSeek = seekable.length > 0 && seekable.end(seekable.length - 1) > 0;
    if (isWeb && !canSeek && !this.held && this.wanted > 0) {
      this.holdWhole();
      return;
    }
    if (this.wanted !== audio.currentTime) audio.currentTime = this.wanted;
    this.wanted = null;
  },

  // Some servers hand out a file from its beginning only. There one seeks in what was loaded whole.
  async holdWhole() {
    const { episode } = this;
    if (this.loading === episode) return;
    this.resumes = !audio.paused;
    this.loading = episode;
    audio.pause();
    let whole = null;
    try {
      const answer = await fetch(audio.currentSrc);
      whole = answer.ok ? await answer.blob() : null;
    } catch {
      whole = null;
    }
    if (this.loading !== episode) return;
    this.loading = null;
    if (whole) audio.src = this.held = URL.createObjectURL(whole);
    else this.wanted = null;
    if (this.resumes) this.play();
  },

  release() {
    if (this.held) URL.revokeObjectURL(this.held);
    this.held = "";
    this.loading = null;
  },

  toChapter(number) {
    const chapters = this.episode.chapters;
    if (chapters[number - 1]) this.seek(chapters[number - 1].start);
  },

  // As on a disc player: well into a chapter, back means its beginning.
  previousChapter() {
    const number = this.chapter;
    const start = this.episode.chapters[number - 1]?.start ?? 0;
    this.toChapter(this.time - start > 3 ? number : Math.max(1, number - 1));
  },

  setSpeed(rate) {
    audio.playbackRate = audio.defaultPlaybackRate = rate;
    store.write("speed", rate);
  },

  setSleep(mode) {
    const until = Number(mode) ? Date.now() + Number(mode) * 60000 : 0;
    this.sleep = { mode, until, chapterEnd: Infinity };
    this.sleepHere();
    this.changed();
  },

  // The end of the chapter is that of the one being heard, wherever one goes meanwhile.
  sleepHere() {
    this.sleep.chapterEnd = this.episode.chapters[this.chapter]?.start ?? Infinity;
  },

  checkSleep() {
    const { mode, until, chapterEnd } = this.sleep;
    const isOver = mode === "chapter" ? audio.currentTime >= chapterEnd : until && Date.now() >= until;
    if (mode === "off" || !isOver) return;
    this.pause();
    this.setSleep("off");
  },

  note() {
    if (!this.episode || this.wanted !== null || audio.ended || !audio.readyState) return;
    this.notedAt = Date.now();
    progress.note(this.episode, audio.currentTime);
  },

  changed() {
    for (const listener of this.listeners) listener();
  },

  // What a phone's lock screen, a headset or a keyboard's own keys show and do.
  tellSystem() {
    const session = navigator.mediaSession;
    if (!session || !window.MediaMetadata) return;
    const texts = show.languages.find((one) => one.lang === this.episode.lang);
    const cover = this.episode.image || texts?.cover;
    session.metadata = new MediaMetadata({
      title: this.episode.title,
      artist: this.episode.author || texts?.author || "",
      album: texts?.title || "",
      artwork: cover && isWeb ? [{ src: new URL(file(cover), document.baseURI).href }] : [],
    });
    const does = {
      play: () => this.play(),
      pause: () => this.pause(),
      seekbackward: () => this.seek(this.time - BACK_S),
      seekforward: () => this.seek(this.time + ON_S),
      seekto: (details) => this.seek(details.seekTime),
      previoustrack: () => this.previousChapter(),
      nexttrack: () => this.toChapter(this.chapter + 1),
    };
    for (const [name, handler] of Object.entries(does)) {
      try {
        session.setActionHandler(name, handler);
      } catch {
        // a browser may not know an action
      }
    }
  },
};

on(audio, "loadedmetadata", () => {
  if (player.wanted === null) return;
  player.goToWanted();
  player.changed();
});
on(audio, "timeupdate", () => {
  player.checkSleep();
  if (Date.now() - player.notedAt > NOTE_EVERY_MS && !audio.paused) player.note();
  player.changed();
});
on(audio, "ended", () => {
  progress.finish(player.episode);
  if (player.sleep.mode === "chapter") player.setSleep("off");
  player.changed();
});
on(audio, "pause", () => {
  player.note();
  player.changed();
});
for (const event of ["play", "playing", "seeked", "durationchange", "error"]) {
  on(audio, event, () => player.changed());
}
on(audio, "seeked", () => player.note());
on(window, "pagehide", () => player.note());
on(document, "visibilitychange", () => document.hidden && player.note());
setInterval(() => player.checkSleep(), 1000);
