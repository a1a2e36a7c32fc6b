// Asks for one address again and again over one kept connection; fails at the first answer that is not 200.
import { Agent, get } from 'node:http';

const [url = '', cookie = '', count = '0'] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const ask = (): Promise<number> =>
  new Promise((done, fail) => {
    get(url, { agent, headers: { cookie } }, (response) => {
      response.resume().once('end', () => done(response.statusCode ?? 0));
    }).once('error', fail);
  });

for (let number = 0; number < Number(count); number += 1) {
  const status = await ask();
  if (status !== 200) throw new Error(`answered ${status}`);
}
agent.destroy();
