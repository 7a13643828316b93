// @ts-check

/** Milliseconds of a fixed loop: how fast the machine is right now. */
function spin() {
  const start = performance.now();
  let sum = 0;
  for (let i = 0; i < 25_000_000; i++) sum = (sum + i) | 0;
  return performance.now() - start + (sum === 1 ? 1e-9 : 0);
}

/** A machine busier than this against its best gives no figures. */
const allowed = 1.15;
const tries = 5;

/** Runs measurements between two spin loops, and again while one of them took longer than 1.15 x the best so far. */
export class QuietRuns {
  /** Milliseconds of the spin loop: the best, and the worst beside a run that counted. */
  best = Math.min(...Array.from({ length: 20 }, spin));
  worst = 0;
  /** Runs that were thrown away, and runs that count though the machine never became quiet. */
  repeated = 0;
  loud = 0;

  /**
   * @template T
   * @param {() => T | Promise<T>} measure
   * @returns {Promise<T>}
   */
  async run(measure) {
    for (let n = 1; ; n++) {
      const before = spin();
      const result = await measure();
      const slower = Math.max(before, spin());
      this.best = Math.min(this.best, before, slower);
      const quiet = slower <= allowed * this.best;
      if (quiet || n === tries) {
        if (!quiet) this.loud++;
        this.worst = Math.max(this.worst, slower);
        return result;
      }
      this.repeated++;
    }
  }

  toString() {
    const loud = this.loud > 0 ? `, ${this.loud} never quiet: read these figures as upper bounds` : '';
    return `spin loop ${this.best.toFixed(1)} ms at best, ${this.worst.toFixed(1)} ms at worst beside a run; ${this.repeated} runs repeated${loud}`;
  }
}
