import { openTypesetter } from '#features/issuance/typeset/typesetter.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { UNIVERSITY_FOLDER } from './akashi.ts';
import { medianOf, milliseconds, report } from './measure.ts';

const DOCUMENTS = 24;

/** Milliseconds for a batch of transcripts, all asked for at once, by a pool of so many processes. */
const batch = async (processes: number): Promise<number> => {
  const typesetter = openTypesetter({ universityFolder: UNIVERSITY_FOLDER, processes });
  const typeset = (copy: number) =>
    typesetter.typeset({
      template: 'transcript',
      data: {
        record: sampleRecord('transcript', 'ja', copy),
        host: 'v.example',
        watermark: false,
        seals: [],
      },
      seconds: 1_763_949_600,
      make: 'document',
    });
  const all = (round: number): Promise<unknown> =>
    Promise.all(Array.from({ length: DOCUMENTS }, (_, index) => typeset(round * DOCUMENTS + index)));
  try {
    return await medianOf({ warmUp: 1, rounds: 5 }, (round) => milliseconds(() => all(round)));
  } finally {
    typesetter.close();
  }
};

/** How much faster two processes are than one: 2 where two cores have nothing else to do. */
export const benchTypesetting = async (): Promise<void> => {
  const one = await batch(1);
  const two = await batch(2);
  report('typesetting.one.per_s', (DOCUMENTS * 1000) / one, '1/s');
  report('typesetting.two.per_s', (DOCUMENTS * 1000) / two, '1/s');
  report('typesetting.two_over_one', one / two, '');
};
