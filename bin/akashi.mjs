#!/usr/bin/env node
// Written in old syntax on purpose: an older Node must be able to read this far and say what is wrong.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

var NEEDED = [24, 15];
var parts = process.versions.node.split('.').map(Number);
var root = join(dirname(fileURLToPath(import.meta.url)), '..');

if (parts[0] > NEEDED[0] || (parts[0] === NEEDED[0] && parts[1] >= NEEDED[1])) {
  // Compiled modules are kept, so that only the first start of a copy of Akashi compiles them.
  var module = await import('node:module');
  module.enableCompileCache(join(root, 'node_modules', '.cache', 'akashi'));
  await import('./tsx-hook.mjs');
  var words = process.argv.slice(2);
  // The development servers live outside src/ and are reached by this one word only.
  var command = await import(words[0] === 'start' ? '../dev/start.ts' : '../src/command.ts');
  await command.runCommand(words);
} else {
  var pinned = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (!existsSync(pinned)) {
    console.error(
      'Akashi needs Node ' + NEEDED.join('.') + ' or newer; this is ' + process.versions.node + '.',
    );
    console.error('`npm ci` installs a suitable one beside the project; then use `npm start`.');
    process.exit(1);
  }
  var child = spawn(pinned, [fileURLToPath(import.meta.url)].concat(process.argv.slice(2)), {
    stdio: 'inherit',
  });
  ['SIGINT', 'SIGTERM'].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on('exit', function (code) {
    process.exit(code === null ? 1 : code);
  });
}
