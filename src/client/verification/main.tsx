import { render } from 'preact';
import type { VerdictFinding } from '#ui/components/verdict-report.tsx';
import { VerdictReport } from '#ui/components/verdict-report.tsx';
import { readerDates } from '#ui/reader-dates.ts';
import { findTyped } from './find-typed.ts';
import { judgeScanned } from './judge.ts';
import { judgePdf } from './judge-pdf.ts';
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

  const show = (finding: VerdictFinding): void => {
    render(
      <VerdictReport {...finding} texts={texts} host={data.host} dates={dates} titles={data.titles} />,
      report,
    );
    ask.hidden = true;
    result.hidden = false;
    element<HTMLElement>('#verdict').focus();
  };

  const judge = async (text: string): Promise<void> => {
    stopCamera();
    status.textContent = '';
    show(await judgeScanned(text, data));
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

  const usePicture = async (file: File): Promise<void> => {
    const picture = await createImageBitmap(file);
    const text = await (await openCodeReader())(picture);
    if (text !== null) return judge(text);
    status.textContent = texts.scan.noCode;
  };

  const useFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    status.textContent = texts.scan.reading;
    try {
      const start = new TextDecoder('latin1').decode(await file.slice(0, 1024).arrayBuffer());
      if (!start.includes('%PDF-')) return await usePicture(file);
      show(await judgePdf(new Uint8Array(await file.arrayBuffer()), data));
      status.textContent = '';
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
