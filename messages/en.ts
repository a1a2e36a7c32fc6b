import { frame } from './en/frame.ts';
import type { Catalog } from './messages.ts';

export const en = { frame } satisfies Catalog;
