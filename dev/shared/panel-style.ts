/** The panels: 1024×768 as they stand in stores, one column on a phone. Nothing moves. */
export const STYLE = `
* { box-sizing: border-box; }
body { margin: 0; background: #d5d9de; color: #1a1a1c; font: 1.125rem/1.6 "Noto Sans JP", system-ui, sans-serif; }
h1, h2, p, dl, dd, ol, ul, fieldset { margin: 0; padding: 0; border: 0; list-style: none; }
button, input, .button { font: inherit; }
button, .button { min-block-size: 64px; min-inline-size: 64px; padding: .5rem 1.25rem; border: 2px solid var(--ink); border-radius: var(--round); background: var(--ink); color: #fff; font-weight: 700; cursor: pointer; text-decoration: none; }
button:disabled { border-color: #8f969e; background: #e6e8ea; color: #50575e; cursor: not-allowed; }
button.quiet { background: #fff; color: var(--ink); }
:focus-visible { outline: 4px solid #000; outline-offset: 2px; box-shadow: 0 0 0 6px #ffd43d; }
.theme-sun { --ink: #b23c05; --soft: #fff1e3; --round: 1rem; }
.theme-rows { --ink: #0b6b60; --soft: #e4f4f0; --round: 2.25rem; }
.theme-window { --ink: #3d3aa8; --soft: #ececfb; --round: .25rem; }
.home { max-inline-size: 44rem; margin: 0 auto; padding: 2rem 1rem; }
.home h1 { font-size: 1.75rem; margin-block-end: 1.5rem; }
.home ul { display: grid; gap: 1rem; }
.home .button { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding: 1.25rem 1.5rem; }
.home .button strong { font-size: 1.5rem; }
.machine { max-inline-size: 1024px; margin: 0 auto; padding: 1rem; display: grid; gap: 1rem; }
.panel { border: 14px solid #26292d; border-radius: 1.25rem; background: var(--soft); min-block-size: 640px; display: grid; grid-template-rows: auto 1fr; overflow: hidden; }
.panel > header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: .5rem .75rem .5rem 1.25rem; background: var(--ink); color: #fff; }
.panel > header h1 { font-size: 1.625rem; line-height: 1.2; }
.panel > header button { border-color: #fff; }
.theme-window .panel > header { background: #fff; color: var(--ink); border-block-end: 8px double var(--ink); }
.theme-window .panel > header button { border-color: var(--ink); }
.screen { padding: 1.25rem; display: grid; gap: 1rem; align-content: start; }
.screen h2 { font-size: 1.625rem; line-height: 1.3; }
.said:empty { display: none; }
.said { padding: .75rem 1rem; border-inline-start: 8px solid var(--ink); background: #fff; font-weight: 700; }
.tiles { display: grid; gap: 1rem; }
.theme-sun .tiles { grid-template-columns: repeat(3, 1fr); }
.theme-sun .tiles button { min-block-size: 170px; font-size: 1.5rem; }
.theme-rows .tiles button { min-block-size: 88px; font-size: 1.5rem; text-align: start; padding-inline: 2rem; display: flex; justify-content: space-between; align-items: center; }
.theme-window .tiles { grid-template-columns: 1fr 1fr; }
.theme-window .tiles button { min-block-size: 200px; font-size: 1.5rem; border-width: 6px; border-style: double; }
.theme-window .tiles button:not(:disabled) { background: #fff; color: var(--ink); }
.tiles small { display: block; font-size: 1rem; font-weight: 400; }
.panel-off { background: #0c0d0e; color: #f1f3f5; }
.panel-off > header { visibility: hidden; }
.panel-off .tiles button { min-block-size: 88px; background: #f1f3f5; color: #111; border-color: #f1f3f5; }
.entry { display: grid; grid-template-columns: 1fr 320px; gap: 1rem 1.5rem; align-items: start; }
.enter { position: absolute; inline-size: 1px; block-size: 1px; min-block-size: 0; min-inline-size: 0; padding: 0; opacity: 0; }
.fields { display: grid; gap: 1.25rem; }
.fields legend, .fields label { font-weight: 700; font-size: 1.25rem; }
.fields input { display: inline-block; inline-size: 8.25rem; max-inline-size: 30%; min-block-size: 84px; margin: .25rem .5rem 0 0; border: 3px solid var(--ink); border-radius: .5rem; background: #fff; text-align: center; font-size: 2.25rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.fields label input { display: block; }
.fields .reader input { inline-size: 100%; max-inline-size: none; min-block-size: 64px; font-size: 1.25rem; }
.reader { padding: .75rem 1rem; border: 2px dashed var(--ink); background: #fff; }
.keypad { display: grid; grid-template-columns: repeat(3, 1fr); gap: .625rem; }
.key { min-block-size: 76px; padding: 0; background: #fff; color: var(--ink); font-size: 1.875rem; font-variant-numeric: tabular-nums; }
.key-word { font-size: 1rem; line-height: 1.2; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.next { min-block-size: 84px; font-size: 1.75rem; }
.entry > .next { grid-column: 2; inline-size: 100%; }
.go .next { inline-size: 100%; }
.what { font-size: 1.375rem; font-weight: 700; }
.sums { display: grid; grid-template-columns: repeat(3, 1fr); background: #fff; border: 3px solid var(--ink); border-radius: .5rem; }
.sums div { padding: .75rem 1rem; text-align: center; }
.sums div + div { border-inline-start: 2px solid var(--ink); }
.sums dd { font-size: 2rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.coins { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: center; padding: .75rem; border-radius: .75rem; background: #26292d; }
.coin { inline-size: 108px; block-size: 108px; padding: 0; border: 8px double #343a40; border-radius: 50%; color: #14171a; }
.coin-10 { background: #d9a679; } .coin-50, .coin-100 { background: #ced4da; } .coin-500 { background: #e0cf8b; }
progress { inline-size: 100%; block-size: 48px; accent-color: var(--ink); }
.tray, .room { padding: 1rem 1.25rem; border-radius: .75rem; background: #fff; }
.tray h2 { font-size: 1.25rem; margin-block-end: .5rem; }
.tray ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 1rem; margin-block-end: 1rem; }
.tray img { display: block; inline-size: 100%; border: 1px solid #868e96; background: #fff; }
.tray .faint img { filter: contrast(.35) brightness(1.55); }
.room summary { min-block-size: 60px; display: flex; align-items: center; font-weight: 700; cursor: pointer; }
.room form, .room fieldset { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; }
.room legend { font-weight: 700; padding-block-end: .25rem; }
.room label { min-block-size: 60px; display: flex; align-items: center; gap: .5rem; }
.room input[type="radio"] { inline-size: 28px; block-size: 28px; accent-color: var(--ink); }
.room input[type="number"] { inline-size: 6rem; min-block-size: 60px; padding: 0 .75rem; border: 2px solid var(--ink); border-radius: .5rem; }
.home-link a { display: inline-flex; align-items: center; min-block-size: 60px; color: #1a1a1c; }
@media (max-width: 760px) {
  .machine { padding: .5rem; }
  .panel { border-width: 6px; min-block-size: 0; }
  .screen { padding: 1rem .75rem; }
  .entry, .theme-window .tiles { grid-template-columns: 1fr; }
  .entry > .next { grid-column: 1; }
  .theme-sun .tiles { grid-template-columns: 1fr 1fr; }
  .theme-sun .tiles button, .theme-window .tiles button { min-block-size: 96px; font-size: 1.25rem; padding-inline: .5rem; }
  .fields input { inline-size: 30%; font-size: 1.75rem; }
  .sums dd { font-size: 1.375rem; } .sums div { padding: .5rem .25rem; }
  .coin { inline-size: 76px; block-size: 76px; border-width: 6px; font-size: 1rem; }
}
`;
