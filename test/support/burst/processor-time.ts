import { readdirSync, readFileSync } from 'node:fs';

/** The unit of /proc/<pid>/stat, which Linux fixes for every program (USER_HZ). */
const TICKS_PER_SECOND = 100;

type Process = { readonly parent: number; readonly own: number; readonly ended: number };

const readProcess = (pid: string): Process | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields after the name, which stands in brackets and may hold anything (proc_pid_stat(5)).
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    const own = (user + system) / TICKS_PER_SECOND;
    return { parent: fields[1] ?? 0, own, ended: (endedUser + endedSystem) / TICKS_PER_SECOND };
  } catch {
    return null;
  }
};

const readAll = (): Map<number, Process> => {
  const all = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? readProcess(name) : null;
    if (found !== null) all.set(Number(name), found);
  }
  return all;
};

/** Processor seconds of a process and of all its children, those that have ended included; NaN where there is no /proc. */
export const processorSeconds = (root: number): number => {
  if (process.platform !== 'linux') return Number.NaN;
  const all = readAll();
  const sum = (pid: number): number => {
    const found = all.get(pid);
    if (found === undefined) return 0;
    const children = [...all].filter(([, { parent }]) => parent === pid).map(([child]) => sum(child));
    return found.own + found.ended + children.reduce((total, one) => total + one, 0);
  };
  return sum(root);
};
