import { readRowByte, type SealClaims } from '../../domain/seal/claims.ts';
import { type SealKey, type StatusEntry, type Verdict, verifySeal } from './verify-seal.ts';

type PageData = { host: string; sealKeys: SealKey[]; statusUrl: string; messages?: Record<string, string> };

const WORDS: Record<Verdict['word'], string> = {
  valid: '● 有効 / Valid',
  void: '✕ 無効 / Void',
  superseded: '▲ 差替え済み / Superseded',
  altered: '■ 内容不一致（改変のおそれ） / Altered',
  'cannot-tell': '？ 確認できません / Cannot tell',
};

function rowsOf(claims: SealClaims): [string, string][] {
  const rows: [string, string][] = [
    ['発行者 / Issuer', claims.issuer],
    ['氏名 / Name', [claims.nameJa, claims.nameRoman].filter(Boolean).join(' / ')],
    ['生年月日 / Date of birth', claims.birthDate],
    ['所属 / Programme', claims.programme],
    ['証明書番号 / Number', claims.certificateNumber],
    ['発行日 / Date of issue', claims.issueDate],
    ['入学 / Admission', claims.admissionDate],
    ['種別 / Type', claims.type],
    ['シリアル / Serial', `${claims.serial} (${claims.impression})`],
    ['ページ / Page', `${claims.page} / ${claims.pages}`],
  ];
  if (claims.expectedGraduationDate)
    rows.push(['卒業見込 / Expected completion', claims.expectedGraduationDate]);
  if (claims.leaveFrom) rows.push(['休学 / Leave', `${claims.leaveFrom} – ${claims.leaveUntil ?? ''}`]);
  claims.rows.forEach((byte, index) => {
    const row = readRowByte(byte);
    rows.push([`科目 / Row ${claims.firstRow + index}`, `${row.credits} ${row.grade}`]);
  });
  return rows;
}

function show(verdict: Verdict, data: PageData): void {
  const word = document.querySelector('#verdict');
  const table = document.querySelector('#claims');
  const why = document.querySelector('#why');
  if (!word || !table || !why) return;
  word.textContent = WORDS[verdict.word];
  word.setAttribute('data-verdict', verdict.word);
  const notes = [data.messages?.[verdict.reason] ?? verdict.reason, verdict.otherHost, verdict.since];
  if (verdict.claims && !verdict.statusChecked) notes.push('失効状況は未確認 / Status not checked');
  why.textContent = notes.filter(Boolean).join(' · ');
  table.replaceChildren(
    ...(verdict.claims ? rowsOf(verdict.claims) : []).map(([label, value]) => {
      const row = document.createElement('tr');
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = label;
      const cell = document.createElement('td');
      cell.textContent = value;
      row.append(head, cell);
      return row;
    }),
  );
}

async function fetchStatus(url: string): Promise<StatusEntry[] | null> {
  try {
    const response = await fetch(url, { credentials: 'omit' });
    return response.ok ? ((await response.json()) as StatusEntry[]) : null;
  } catch {
    return null;
  }
}

async function check(digits: string, data: PageData): Promise<void> {
  const options = { host: data.host, keys: data.sealKeys, statusList: await fetchStatus(data.statusUrl) };
  show(await verifySeal(digits, options), data);
}

const embedded = document.querySelector('#verification-data')?.textContent;
if (embedded) {
  const data = JSON.parse(embedded) as PageData;
  const digits = location.hash.slice(1);
  // The seal holds a name: it must not stay in the address bar or the history.
  history.replaceState(null, '', location.pathname);
  if (digits) void check(digits, data);
}
