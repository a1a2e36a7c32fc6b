import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const TOOLS = ['ippeveprinter', 'dbus-daemon', 'avahi-daemon', 'unshare', 'ip'];

/** Why CUPS' printer cannot run here, or null. It wants avahi, and avahi a network namespace of its own. */
export const whyNoCups = (): string | null => {
  const which = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
  const missing = TOOLS.filter((name) => !which(name));
  if (missing.length > 0) return `CUPS printer: ${missing.join(', ')} not installed (.ci/install)`;
  const alone = spawnSync('unshare', ['-nmp', '--fork', 'true']).status === 0;
  return alone ? null : 'CUPS printer: no network namespace of its own (needs root)';
};

/** What an IPP printer with `job-password` says of itself; ippeveprinter knows the rest. */
const ATTRIBUTES = `
ATTR textWithoutLanguage printer-make-and-model "Campus Printer"
ATTR mimeMediaType document-format-default application/pdf
ATTR mimeMediaType document-format-supported application/pdf
ATTR integer job-password-supported 255
ATTR keyword job-password-encryption-supported none
ATTR keyword media-ready iso_a4_210x297mm
ATTR keyword media-default iso_a4_210x297mm
ATTR keyword media-supported iso_a4_210x297mm
ATTR integer copies-default 1
ATTR rangeOfInteger copies-supported 1-99
`;

/** The machine's works: notes the hash of what it prints, waits while it is told to, or jams. */
const works = (folder: string): string => `#!/bin/sh
while [ -e ${folder}/slow ]; do sleep 0.05; done
if [ -e ${folder}/jam ]; then echo 'STATE: +media-jam-error' >&2; exit 1; fi
echo 'STATE: -media-jam-error' >&2
sha256sum < "$1" >> ${folder}/printed
echo 'ATTR: job-impressions-completed=1' >&2
`;

/** The namespace sees the file system: a socket in it is the way in from outside. */
const inside = (folder: string): string => `set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/dbus /run/avahi-daemon
ip link set lo up
dbus-daemon --system --fork --nopidfile
avahi-daemon --no-drop-root --no-chroot -D
ippeveprinter -p 8631 -n localhost -r off -a ${folder}/attributes -k -d ${folder}/spool -c ${folder}/works Campus 2>${folder}/log &
exec ${process.execPath} -e '
const net = require("node:net");
net.createServer((from) => {
  const to = net.connect(8631, "127.0.0.1");
  from.pipe(to).pipe(from);
  from.on("error", () => to.destroy());
  to.on("error", () => from.destroy());
}).listen("${folder}/socket");
'
`;

export type CupsPrinter = {
  readonly uri: string;
  /** Makes it slow or jam from the next sheet on, or neither. */
  readonly become: (mood: 'slow' | 'jam' | 'well') => void;
  /** Cuts it off from the network, or back on. */
  readonly plug: (connected: boolean) => Promise<void>;
  /** SHA-256 of everything it has printed, in order. */
  readonly printed: () => string[];
};

const answers = async (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2000) }).then(
    () => true,
    () => false,
  );

/** CUPS' own `ippeveprinter`, with dbus and avahi in a network namespace of its own. */
export const withCupsPrinter = async (work: (printer: CupsPrinter) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-cups-'));
  mkdirSync(join(folder, 'spool'));
  writeFileSync(join(folder, 'attributes'), ATTRIBUTES);
  writeFileSync(join(folder, 'works'), works(folder));
  chmodSync(join(folder, 'works'), 0o755);
  const options = ['-nmp', '--fork', '--kill-child', '--', 'sh', '-c', inside(folder)];
  const child = spawn('unshare', options, { stdio: 'ignore' });
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(join(folder, 'socket'));
    for (const socket of [from, to]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    from.on('error', () => to.destroy());
    to.on('error', () => from.destroy());
    from.pipe(to).pipe(from);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  try {
    for (let tries = 0; !(await answers(port)); tries += 1) {
      if (tries > 200) throw new Error('ippeveprinter never answered');
      await setTimeout(100);
    }
    await work({
      uri: `ipp://127.0.0.1:${port}/ipp/print`,
      become: (mood) => {
        for (const one of ['slow', 'jam']) rmSync(join(folder, one), { force: true });
        if (mood !== 'well') writeFileSync(join(folder, mood), '');
      },
      plug: async (connected) => {
        if (!connected) return close();
        server.listen(port, '127.0.0.1');
        await once(server, 'listening');
      },
      printed: () => {
        const file = join(folder, 'printed');
        return existsSync(file) ? (readFileSync(file, 'utf8').match(/^[0-9a-f]{64}/gm) ?? []) : [];
      },
    });
  } finally {
    close();
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
};
