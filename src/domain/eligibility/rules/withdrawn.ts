import { ended } from '../ended.ts';

/** 退学: left without a degree, before or after completing the course requirements. */
export const withdrawn = ended(['withdrawn', 'coursework-completed'], 'not-withdrawn');
