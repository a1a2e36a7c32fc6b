/** The middle of an odd number of values, the higher of the two middles of an even one. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The smallest value that `percent` of a hundred of them do not exceed. */
export const percentile = (values: readonly number[], percent: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil((values.length * percent) / 100) - 1] ?? Number.NaN;

/** One figure, one JSON line on standard output. */
export const report = (name: string, value: number, unit: string): void => {
  const rounded = Number(value.toPrecision(3));
  process.stdout.write(`${JSON.stringify({ name, value: rounded, unit })}\n`);
};

/** Wall-clock milliseconds of one run of `work`. */
export const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** Processor milliseconds this process spends during `work`, its threads included, its children not. */
export const processorMilliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** The median of `rounds` runs, after `warmUp` runs that do not count. */
export const medianOf = async (
  { warmUp, rounds }: { warmUp: number; rounds: number },
  measureOnce: (round: number) => Promise<number>,
): Promise<number> => {
  const values: number[] = [];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const value = await measureOnce(round);
    if (round >= warmUp) values.push(value);
  }
  return median(values);
};
