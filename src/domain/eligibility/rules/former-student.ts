import { ended } from '../ended.ts';

/** Whoever has left, by whatever way but being struck off. */
export const formerStudent = ended(['graduated', 'withdrawn', 'coursework-completed'], 'still-enrolled');
