import { render } from 'preact';
import type { Verdict } from '#domain/seal/judge-seal.ts';
import { judgeSeal } from '#domain/seal/judge-seal.ts';
import { checkCodeOf, decodeDigits, decodeSealUrl } from '#domain/seal/seal.ts';
import { VerdictReport } from '#ui/components/verdict-report.tsx';
import { readerDates } from '#ui/reader-dates.ts';
import { fetchStatus } from './fetch-status.ts';
import { findTyped } from './find-typed.ts';
import type { VerificationPageData } from './page-data.ts';
import { readPageData } from './page-data.ts';
import { openCodeReader } from './read-code.ts';
import type { Scan } from './scan-camera.ts';
import { scanCamera } from './scan-camera.ts';

const element = <Kind extends HTMLElement>(selector: string): Kind => {
  const found = document.querySelector<Kind>(selector);
  if (found === null) throw new Error(`the page lacks ${selector}`);
  return found;
};

/** The check code of what was read, where a seal was proved. */
const codeOf = async (text: string, verdict: Verdict): Promise<string | null> => {
  if (verdict.claims === null) return null;
  return checkCodeOf(/^\d+$/.test(text) ? decodeDigits(text) : decodeSealUrl(text).bytes);
};

const start = (data: VerificationPageData): void => {
  const { texts } = data;
  const ask = element<HTMLElement>('#ask');
  const result = element<HTMLElement>('#result');
  const report = element<HTMLElement>('#report');
  const status = element<HTMLElement>('#scan-status');
  const video = element<HTMLVideoElement>('#camera');
  const cameraButton = element<HTMLButtonElement>('#scan-camera');
  const fileField = element<HTMLInputElement>('#scan-file');
  const typedForm = element<HTMLFormElement>('#typed-form');
  const typedProblem = element<HTMLElement>('#typed-problem');
  const dates = readerDates(data.language);
  let scan: Scan | undefined;

  const stopCamera = (): void => {
    scan?.stop();
    scan = undefined;
    video.hidden = true;
    cameraButton.textContent = texts.scan.camera;
  };

  const judge = async (text: string): Promise<void> => {
    stopCamera();
    status.textContent = '';
    const list = await fetchStatus(data.statusUrl);
    const options = { host: data.host, keys: data.sealKeys, statusList: list?.entries ?? null };
    const verdict = await judgeSeal(text, options);
    const finding = {
      verdict,
      checkedAt: new Date().toISOString(),
      statusAt: list?.asOf ?? null,
      checkCode: await codeOf(text, verdict),
    };
    render(<VerdictReport {...finding} texts={texts} dates={dates} titles={data.titles} />, report);
    ask.hidden = true;
    result.hidden = false;
    element<HTMLElement>('#verdict').focus();
  };

  const useCamera = async (): Promise<void> => {
    if (scan !== undefined) {
      stopCamera();
      status.textContent = '';
      return;
    }
    try {
      video.hidden = false;
      status.textContent = texts.scan.aim;
      scan = await scanCamera(video, (text) => void judge(text));
      cameraButton.textContent = texts.scan.stop;
    } catch {
      stopCamera();
      status.textContent = texts.scan.refused;
    }
  };

  const useFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    status.textContent = texts.scan.reading;
    try {
      const picture = await createImageBitmap(file);
      const text = await (await openCodeReader())(picture);
      if (text !== null) return await judge(text);
      status.textContent = texts.scan.noCode;
    } catch {
      status.textContent = texts.scan.notImage;
    }
  };

  const useTyped = async (): Promise<void> => {
    const typed = new FormData(typedForm);
    const serial = String(typed.get('serial') ?? '');
    const checkCode = String(typed.get('checkCode') ?? '');
    typedProblem.textContent = '';
    const answer = await findTyped({ serial, checkCode }, data);
    if ('found' in answer) return judge(answer.found);
    typedProblem.textContent = texts.typed[answer.problem];
  };

  cameraButton.hidden = !('mediaDevices' in navigator);
  cameraButton.addEventListener('click', () => void useCamera());
  fileField.addEventListener('change', () => void useFile(fileField.files?.[0]));
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    void useFile(event.dataTransfer?.files[0]);
  });
  typedForm.addEventListener('submit', (event) => {
    event.preventDefault();
    void useTyped();
  });
  element('#print-result').addEventListener('click', () => print());
  element('#again').addEventListener('click', () => {
    result.hidden = true;
    ask.hidden = false;
    element<HTMLElement>('h1').scrollIntoView();
  });

  const checkAddress = (): void => {
    const digits = location.hash.slice(1);
    if (!/^\d/.test(digits)) return;
    // The seal holds a name: it must not stay in the address bar or the history.
    history.replaceState(null, '', location.pathname + location.search);
    void judge(digits);
  };
  addEventListener('hashchange', checkAddress);
  checkAddress();
};

/** Keeps the page for places without a network; says so once it is kept. */
const keepOffline = async (data: VerificationPageData): Promise<void> => {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(data.workerUrl, { scope: '/verify' });
  await navigator.serviceWorker.ready;
  const note = document.querySelector<HTMLElement>('#offline-ready');
  if (note !== null) note.hidden = false;
};

const data = readPageData();
if (data !== null) {
  start(data);
  keepOffline(data).catch(() => {});
}
