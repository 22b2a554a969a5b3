// What the page knows at the moment.

export const state = {
  show: null,
  episode: null,
  chosen: null, // the sentence on the bench
  takes: null,
  task: 0, // number of the task whose end was seen last
  busy: false,
  handing: 0, // tasks that are being handed in
  stamp: "", // of the folder of what is built, as it was seen last
  afterwards: new Map(), // number of a task → what follows it
  until: Infinity, // where playing a part ends, in seconds
  part: "", // what is played, in words
  episodeIsLoaded: false,
  playing: null, // number of the take that was heard last
  rounds: 0,
};
