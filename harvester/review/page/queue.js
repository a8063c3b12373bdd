// Decisions on their way to the program, one after the other. What can't be sent stays and is sent again.
import { Unreachable } from './api.js';

const retryAfter = 1500;  // milliseconds

export class Queue {
  // `settled(result)` gets the reply of the last request that is under way, `refused(error)` a refusal,
  // `reachable(yes)` whether the program answers.
  constructor({ settled, refused, reachable }) {
    Object.assign(this, { settled, refused, reachable });
    this.waiting = [];
    this.busy = false;
  }

  get length() {
    return this.waiting.length;
  }

  add(send) {
    this.waiting.push(send);
    this.run();
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    while (this.waiting.length) {
      try {
        const result = await this.waiting[0]();
        this.waiting.shift();
        this.reachable(true);
        if (!this.waiting.length) this.settled(result);
      } catch (error) {
        if (error instanceof Unreachable) {
          this.reachable(false);
          await new Promise((resolve) => setTimeout(resolve, retryAfter));
        } else {
          this.waiting.shift();
          this.refused(error);
        }
      }
    }
    this.busy = false;
  }
}
