// Episodes, their addresses in the page, and where each was left.

const episodes = new Map(show.episodes.map((episode) => [`${episode.key}.${episode.lang}`, episode]));
const idOf = (episode) => `${episode.key}.${episode.lang}`;

// What is one article, in the order of its newest episode.
const pairs = new Map();
for (const episode of show.episodes) {
  if (!pairs.has(episode.key)) pairs.set(episode.key, []);
  pairs.get(episode.key).push(episode);
}

const siblingOf = (episode) => pairs.get(episode.key).find((other) => other.lang !== episode.lang);

// `#KEY.LANG`, `#KEY.LANG/3` for a chapter, `#KEY.LANG?t=83` for a position in seconds or minutes.
const addressOf = (episode, chapter = 0) =>
  `#${encodeURIComponent(idOf(episode))}${chapter ? `/${chapter}` : ""}`;

const readAddress = (hash) => {
  let text = hash.slice(1);
  try {
    text = decodeURIComponent(text);
  } catch {
    return null;
  }
  const match = /^(.+?)(?:\/(\d{1,5}))?(?:\?t=([\d.:]{1,12}))?$/.exec(text);
  const episode = match && episodes.get(match[1]);
  if (!episode) return null;
  const time = match[3] ? match[3].split(":").reduce((sum, part) => sum * 60 + Number(part), 0) : NaN;
  return { episode, chapter: Number(match[2] || 0), time };
};

const progress = {
  of(episode) {
    const text = store.read(`at:${idOf(episode)}`);
    return text === "heard" ? { heard: true, at: 0 } : { heard: false, at: Number(text) || 0 };
  },
  note(episode, seconds) {
    store.write(`at:${idOf(episode)}`, seconds.toFixed(1));
  },
  finish(episode) {
    store.write(`at:${idOf(episode)}`, "heard");
  },
};

// Number of the chapter, from 1, that is heard at a position; 0 without chapters.
const chapterAt = (episode, seconds) => {
  const chapters = episode.chapters || [];
  let number = chapters.length ? 1 : 0;
  while (number < chapters.length && chapters[number].start <= seconds + 0.05) number += 1;
  return number;
};

const chapterTitle = (episode, number) =>
  episode.chapters?.[number - 1]?.title || say("chapter", { n: number });
