export const STYLE = `
body { margin: 0; background: #eef1f4; color: #1a1a1c; font: 1.125rem/1.7 "Noto Sans JP", system-ui, sans-serif; }
main { max-width: 44rem; margin: 2rem auto; padding: 2rem; background: #fff; border-radius: 1rem; }
h1 { margin-top: 0; padding-bottom: .5rem; border-bottom: .4rem solid #0017c1; }
ul { list-style: none; padding: 0; display: grid; gap: 1rem; }
fieldset { border: 0; padding: 0; margin: 0 0 1.5rem; }
input, select, button, .button { font: inherit; min-height: 3.5rem; border: 2px solid #4d4d4d; border-radius: .5rem; padding: 0 1rem; background: #fff; }
input { width: 6rem; font-size: 1.75rem; text-align: center; font-variant-numeric: tabular-nums; }
button, .button { background: #0017c1; color: #fff; border-color: #0017c1; min-width: 6rem; margin: .25rem; }
.button { display: flex; align-items: center; text-decoration: none; }
.chain-0 { background: #b3261e; border-color: #b3261e; } .chain-1 { background: #0b6e3f; border-color: #0b6e3f; }
button:disabled { background: #767676; border-color: #767676; }
:focus-visible { outline: 4px solid #000; outline-offset: 2px; box-shadow: 0 0 0 2px #ffd43d; }
.price { font-size: 1.5rem; font-weight: 700; }
.tray { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: 1rem; }
.tray img { width: 100%; border: 1px solid #999; }
`;
