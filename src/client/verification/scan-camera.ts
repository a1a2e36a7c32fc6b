import { openCodeReader } from './read-code.ts';

/** Fast enough to feel immediate, slow enough to leave a phone cool. */
const EVERY_MS = 120;

export type Scan = { readonly stop: () => void };

/**
 * Shows the back camera in `video` and calls `found` with the first code it sees; the camera is off by then. Rejects
 * where there is no camera or it is refused.
 */
export const scanCamera = async (video: HTMLVideoElement, found: (text: string) => void): Promise<Scan> => {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    clearTimeout(timer);
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  video.srcObject = stream;
  await video.play();
  const read = await openCodeReader();
  const look = async (): Promise<void> => {
    const text = await read(video).catch(() => null);
    if (stopped) return;
    if (text === null) {
      timer = setTimeout(() => void look(), EVERY_MS);
      return;
    }
    stop();
    found(text);
  };
  void look();
  return { stop };
};
