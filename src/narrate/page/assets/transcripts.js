// Transcripts, loaded when they are needed.
//
// A page from the disk (`file://`) may fetch nothing. There the episode's own text page is opened
// in a hidden frame and hands its sentences over.

const FRAME_WAIT_MS = 15000;
const transcripts = new Map();

const fromWeb = async (name) => {
  const answer = await fetch(file(name));
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const fromFrame = (name) =>
  new Promise((resolve, reject) => {
    const frame = el("iframe", { hidden: true, "aria-hidden": "true" });
    const end = (settle, value) => {
      clearTimeout(timer);
      removeEventListener("message", heard);
      frame.remove();
      settle(value);
    };
    const heard = (event) => {
      if (event.source === frame.contentWindow && event.data?.segments) end(resolve, event.data);
    };
    const timer = setTimeout(() => end(reject, new Error("no answer")), FRAME_WAIT_MS);
    addEventListener("message", heard);
    frame.src = file(name);
    document.body.append(frame);
  });

const isWeb = /^https?:$/.test(location.protocol);

const load = async (episode) => {
  const { json, html } = episode.transcripts || {};
  if (isWeb && json) {
    try {
      return await fromWeb(json);
    } catch (error) {
      if (!html) throw error;
    }
  }
  if (!html) throw new Error("no transcript");
  return fromFrame(html);
};

const tidy = (segments) =>
  segments
    .filter((one) => typeof one.body === "string" && Number.isFinite(one.startTime))
    .map((one) => ({ ...one, chapter: one.chapter || 1, paragraph: one.paragraph || 0 }))
    .sort((one, other) => one.startTime - other.startTime);

// The sentences of an episode; none when there is no transcript to be had.
const segmentsOf = (episode) => {
  const id = idOf(episode);
  if (!transcripts.has(id)) {
    const loading = load(episode).then((found) => tidy(found.segments));
    transcripts.set(
      id,
      loading.catch(() => {
        transcripts.delete(id); // the next visit tries again
        return [];
      }),
    );
  }
  return transcripts.get(id);
};

const segmentAt = (segments, seconds) => {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle].startTime <= seconds + 0.05) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

// Chapters that an old episode of a long list does not carry along.
let whole = null;
const withChapters = async (episode) => {
  if (episode.chapters) return episode;
  try {
    if (isWeb) {
      whole ??= fromWeb("show.json");
      const found = (await whole).episodes.find((other) => idOf(other) === idOf(episode));
      Object.assign(episode, found);
    } else {
      Object.assign(episode, (await fromFrame(episode.transcripts.html)).details);
    }
  } catch {
    whole = null;
  }
  episode.chapters ??= [];
  return episode;
};
