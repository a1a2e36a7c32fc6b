import { html } from 'hono/html';
import type { Bilingual } from '#domain/bilingual.ts';
import { MISBEHAVIOURS } from './misbehaviours.ts';
import type { Persona, ReleasedAttribute } from './personas.ts';

type Markup = ReturnType<typeof html>;

export type Place = {
  readonly universityNameJa: string;
  readonly responsibleUnitJa: string;
  /** What people call their user name here. */
  readonly identityLabel: Bilingual;
};

const page = (place: Place, title: string, content: Markup, script = false): Markup => html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | ${place.universityNameJa}統合認証システム</title>
<link rel="stylesheet" href="/assets/identity-provider.css">
${script ? html`<script src="/assets/submit.js" defer></script>` : ''}
</head>
<body>
<p class="notice">開発用の認証システムです。本番では動きません。<span lang="en">For development only.</span></p>
<main>
${content}
</main>
<footer>${place.responsibleUnitJa}</footer>
</body>
</html>`;

const english = (text: string): Markup => html`<span class="english" lang="en">${text}</span>`;

export type LoginView = {
  readonly request: string;
  readonly serviceName: string;
  readonly personas: readonly Persona[];
  readonly user: string;
  readonly wrongPassword: boolean;
};

/** Manual 2.1: the campus login screen, its labels word for word. */
export const loginPage = (place: Place, view: LoginView): Markup =>
  page(
    place,
    'ログイン',
    html`<h1>${place.universityNameJa}<wbr>統合認証<wbr>システム</h1>
<p class="service">${view.serviceName} へのログイン ${english('Sign in with your university account')}</p>
${
  view.wrongPassword
    ? html`<p class="error" role="alert">ユーザ名またはパスワードが違います。もう一度入力してください。${english('The user name or password is not right. Please try again.')}</p>`
    : ''
}
<form method="post" action="/sso/login">
<input type="hidden" name="request" value="${view.request}">
<p class="field"><label for="username">ユーザ名(${place.identityLabel.ja})${english(`User name (${place.identityLabel.en})`)}</label>
<input id="username" name="user" value="${view.user}" autocomplete="username" autocapitalize="none" spellcheck="false"></p>
<p class="field"><label for="password">パスワード${english('Password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password"></p>
<label class="choice"><input type="checkbox" name="forget" value="1"><span>ログインを記憶しません。${english("Don't remember login")}</span></label>
<label class="choice"><input type="checkbox" name="ask" value="1"><span>サービスへの属性送信同意を再確認します。${english('Ask again before attributes are sent')}</span></label>
<button class="primary" name="way" value="password">ログイン</button>
<ul class="help">
<li><a href="/help">パスワードをお忘れの方はこちら</a></li>
<li><a href="/help">お困りの方はこちら</a></li>
</ul>
<h2>見本の利用者 ${english('Sample people: one click signs in')}</h2>
<ul class="personas">${view.personas.map(personaRow)}</ul>
<details><summary>応答をわざと壊す ${english('Send a malformed response')}</summary>
<label for="misbehaviour">壊し方 ${english('How')}</label>
<select id="misbehaviour" name="misbehaviour">
<option value="">壊さない / None</option>
<option value="replay">前の応答をもう一度送る / Replay the last response</option>
${MISBEHAVIOURS.map(({ name, label }) => html`<option value="${name}">${label}</option>`)}
</select></details>
</form>`,
  );

const personaRow = (persona: Persona): Markup => html`<li>
<p>${persona.labelJa}${english(persona.labelEn)}<code>${persona.user} / ${persona.password}</code></p>
<button class="second" name="persona" value="${persona.user}" aria-label="${persona.labelJa} でログイン">ログイン</button>
</li>`;

export type ConsentView = {
  readonly request: string;
  readonly serviceName: string;
  readonly attributes: readonly ReleasedAttribute[];
};

export const consentPage = (place: Place, view: ConsentView): Markup =>
  page(
    place,
    '属性送信の同意',
    html`<h1>属性送信の同意${english('Information release')}</h1>
<p>次の情報を「${view.serviceName}」へ送信します。${english('This information about you will be sent to the service.')}</p>
<dl>${view.attributes.map(
      (attribute) =>
        html`<div><dt>${attribute.labelJa}${english(attribute.friendlyName)}</dt><dd>${attribute.values.join(' ')}</dd></div>`,
    )}</dl>
<form method="post" action="/sso/consent">
<input type="hidden" name="request" value="${view.request}">
<fieldset><legend>次回からの確認 ${english('From the next time')}</legend>
<label class="choice"><input type="radio" name="remember" value="once" checked><span>次回も確認します。${english('Ask me again')}</span></label>
<label class="choice"><input type="radio" name="remember" value="always"><span>同じ情報なら確認しません。${english('Do not ask while the information is the same')}</span></label>
</fieldset>
<p class="actions"><button name="choice" value="accept">同意して送信する${english('Accept')}</button>
<button class="second" name="choice" value="reject">同意しない${english('Reject')}</button></p>
</form>`,
  );

/** The post back to the service: goes by itself, and by its button where script is off (SAML Bindings §3.5.4). */
export const returnPage = (
  place: Place,
  view: { acsUrl: string; response: string; relayState: string | null },
): Markup =>
  page(
    place,
    '続行',
    html`<h1>サービスへ戻ります${english('Returning to the service')}</h1>
<form method="post" action="${view.acsUrl}">
<input type="hidden" name="SAMLResponse" value="${view.response}">
${view.relayState === null ? '' : html`<input type="hidden" name="RelayState" value="${view.relayState}">`}
<p>自動で進まないときは「続ける」を押してください。${english('Press Continue if nothing happens.')}</p>
<button class="primary">続ける${english('Continue')}</button>
</form>`,
    true,
  );

export const messagePage = (place: Place, title: string, text: string): Markup =>
  page(place, title, html`<h1>${title}</h1><p>${text}</p>`);
