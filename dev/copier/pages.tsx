import type { ComponentChildren } from 'preact';
import type { CopierNetwork } from './gateway-client.ts';
import type { Machine } from './machine.ts';

const MESSAGES: Record<Machine['message'], string> = {
  '': '',
  'not-found': '番号または暗証番号を確かめてください Please check the number and the PIN',
  done: '印刷が終わりました Printed',
  jam: '紙づまりです Paper jam',
  power: '電源が切れました Power was lost',
  'no-paper': '用紙がありません Out of paper',
  failed: '印刷できませんでした。はじめからお試しください Not printed. Please start again',
};

const Page = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <html lang="ja">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <link rel="stylesheet" href="/style.css" />
    </head>
    <body>
      <main>{children}</main>
    </body>
  </html>
);

export const Home = ({ networks }: { networks: readonly CopierNetwork[] }) => (
  <Page title="コピー機 Copiers">
    <h1>コピー機 Copiers</h1>
    <ul>
      {networks.map((one, index) => (
        <li key={one.code}>
          <a class={`button chain-${index % 3}`} href={`/${one.code}`}>
            {one.nameJa} {one.nameEn}
          </a>
        </li>
      ))}
    </ul>
  </Page>
);

const Digits = ({ name, label }: { name: string; label: string }) => (
  <input name={name} aria-label={label} inputMode="numeric" maxLength={4} autocomplete="off" required />
);

const NumberEntry = ({ code }: { code: string }) => (
  <form method="post" action={`/${code}/number`}>
    <fieldset>
      <legend>印刷予約番号 Print number</legend>
      <Digits name="a" label="1–4" /> <Digits name="b" label="5–8" /> <Digits name="c" label="9–12" />
    </fieldset>
    <fieldset>
      <legend>暗証番号 PIN</legend>
      <Digits name="pin" label="暗証番号 PIN" />
    </fieldset>
    <button type="submit">次へ Next</button>
  </form>
);

const Payment = ({ machine, coins }: { machine: Machine; coins: readonly number[] }) => {
  const { offer, network, paid } = machine;
  if (offer === null) return null;
  return (
    <>
      <p class="price">
        {offer.sheets}枚 sheets {offer.priceYen}円 yen / 投入 inserted {paid}円 yen
      </p>
      <form method="post" action={`/${network.code}/coin`}>
        {coins.map((coin) => (
          <button type="submit" name="coin" value={coin} key={coin}>
            {coin}円 yen
          </button>
        ))}
      </form>
      <form method="post" action={`/${network.code}/print`}>
        <label>
          故障 Trouble{' '}
          <select name="trouble">
            <option value="none">なし none</option>
            <option value="jam">紙づまり jam</option>
            <option value="power">停電 power loss</option>
            <option value="no-paper">用紙切れ no paper</option>
          </select>
        </label>{' '}
        <label>
          枚目の後 after page <input name="after" type="number" min="0" value="1" />
        </label>
        <button type="submit" disabled={paid < offer.priceYen}>
          印刷開始 Start
        </button>
      </form>
      <form method="post" action={`/${network.code}/cancel`}>
        <button type="submit">取消 Cancel</button>
      </form>
    </>
  );
};

export const Panel = ({ machine, coins }: { machine: Machine; coins: readonly number[] }) => (
  <Page title={machine.network.nameJa}>
    <h1>
      {machine.network.nameJa} {machine.network.nameEn}
    </h1>
    <p role="status">
      {MESSAGES[machine.message]} {machine.change > 0 ? `おつり Change ${machine.change}円 yen` : ''}
    </p>
    {machine.offer === null ? (
      <NumberEntry code={machine.network.code} />
    ) : (
      <Payment machine={machine} coins={coins} />
    )}
    <h2>トレイ Paper tray</h2>
    <div class="tray">
      {machine.tray.map((_sheet, index) => (
        <a key={index} href={`/${machine.network.code}/tray/${index + 1}`}>
          <img
            src={`/${machine.network.code}/tray/${index + 1}`}
            alt={`${index + 1}枚目 Sheet ${index + 1}`}
          />
        </a>
      ))}
    </div>
  </Page>
);
