// What the page knows at the moment.

export const state = {
  show: null,
  episode: null,
  chosen: null, // the sentence on the bench
  takes: null,
  task: 0, // number of the task whose end was seen last
  busy: false,
  afterwards: new Map(), // number of a task → what follows it
  until: Infinity, // where playing a part ends, in seconds
  part: "", // what is played, in words
  episodeIsLoaded: false,
  playing: null, // number of the take that was heard last
  rounds: 0,
};
