/** Where most people's mail lives; one slip away from one of these, the other was probably meant. */
const COMMON = [
  'gmail.com',
  'yahoo.co.jp',
  'icloud.com',
  'outlook.com',
  'outlook.jp',
  'hotmail.com',
  'hotmail.co.jp',
  'docomo.ne.jp',
  'ezweb.ne.jp',
  'softbank.ne.jp',
  'i.softbank.jp',
  'ymobile.ne.jp',
  'rakuten.jp',
];

/** Real domains that look like a slip of a common one: nobody is asked about their own address. */
const REAL = new Set([
  'mail.com',
  'ymail.com',
  'email.com',
  'gmx.com',
  'outlook.fr',
  'outlook.kr',
  'yahoo.co.id',
]);

/** What is more than one slip away but is typed again and again. */
const HABITS: Readonly<Record<string, string>> = {
  'gmail.jp': 'gmail.com',
  'gmail.ne.jp': 'gmail.com',
  'gmail.co.jp': 'gmail.com',
  'googlemail.co.jp': 'gmail.com',
  'icloud.ne.jp': 'icloud.com',
  'icloud.co.jp': 'icloud.com',
  'yahoo.ne.jp': 'yahoo.co.jp',
  'docomo.co.jp': 'docomo.ne.jp',
  'docomo.com': 'docomo.ne.jp',
  'ezweb.co.jp': 'ezweb.ne.jp',
  'ezweb.jp': 'ezweb.ne.jp',
  'au.ne.jp': 'au.com',
  'softbank.co.jp': 'softbank.ne.jp',
};

/** Whether one letter more, less, other, or two swapped turns `a` into `b`. */
const isOneSlip = (a: string, b: string): boolean => {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (a.length > b.length) return restA.slice(1) === restB;
  if (a.length < b.length) return restA === restB.slice(1);
  const isSwap = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return restA.slice(1) === restB.slice(1) || isSwap;
};

/** The domain that was probably meant, or null. */
export const meantDomain = (domain: string): string | null => {
  const habit = HABITS[domain];
  if (habit !== undefined) return habit;
  if (COMMON.includes(domain) || REAL.has(domain)) return null;
  const common = COMMON.find((candidate) => isOneSlip(domain, candidate));
  if (common !== undefined) return common;
  const ending = /\.(con|cmo|ocm|comm|cpm|vom|xom|jo|jpp|jp\.com|co\.jo|ne\.jo|ac\.jo)$/.exec(domain)?.[1];
  if (ending === undefined) return null;
  const mended = ending.includes('j') ? ending.replace(/jo$|jpp$|jp\.com$/, 'jp') : 'com';
  return `${domain.slice(0, -ending.length)}${mended}`;
};
