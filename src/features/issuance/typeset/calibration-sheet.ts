import { AkashiError } from '#domain/error.ts';
import { openTypesetter } from './typesetter.ts';

/** The sheet by which a copier's copy-guard setting is chosen, as a PDF; the same bytes every time. */
export const makeCalibrationSheet = async (universityFolder: string): Promise<Uint8Array> => {
  const typesetter = openTypesetter({ universityFolder });
  try {
    const request = {
      template: 'calibration-sheet',
      data: {},
      seconds: 1_767_225_600,
      make: 'document',
    } as const;
    const { pdf } = await typesetter.typeset(request);
    if (pdf === null) throw new AkashiError('unexpected', { check: 'nothing was typeset' });
    return pdf;
  } finally {
    typesetter.close();
  }
};
