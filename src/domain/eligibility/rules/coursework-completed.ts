import { ended } from '../ended.ts';

/** 単位取得退学: left a doctoral programme with its course requirements completed. */
export const courseworkCompleted = ended(['coursework-completed'], 'not-coursework-completed');
