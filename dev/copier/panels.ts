type Tile = { readonly ja: string; readonly en: string; readonly leads: boolean };

/** How the panels of one chain look and what their buttons are called, as the ticket's steps say. */
export type PanelLook = {
  readonly theme: 'sun' | 'rows' | 'window';
  /** One menu after the other until the number is asked for; one tile of each leads on. */
  readonly menus: readonly (readonly Tile[])[];
  readonly hasReader: boolean;
};

const tile = (ja: string, en: string, leads = false): Tile => ({ ja, en, leads });

const LOOKS: Readonly<Record<string, PanelLook>> = {
  'hinata-mart': {
    theme: 'sun',
    menus: [
      [
        tile('コピー', 'Copy'),
        tile('プリントサービス', 'Print service', true),
        tile('スキャン', 'Scan'),
        tile('ファクス', 'Fax'),
        tile('チケット', 'Tickets'),
        tile('写真', 'Photos'),
      ],
      [
        tile('文書を印刷', 'Print documents'),
        tile('証明書を印刷', 'Print certificates', true),
        tile('楽譜を印刷', 'Print music'),
      ],
    ],
    hasReader: false,
  },
  'potopi-24': {
    theme: 'rows',
    menus: [
      [
        tile('プリントサービス', 'Print service', true),
        tile('コピー', 'Copy'),
        tile('写真プリント', 'Photo print'),
        tile('スキャン', 'Scan'),
      ],
    ],
    hasReader: false,
  },
  'madoka-store': {
    theme: 'window',
    menus: [
      [
        tile('コピー・ファクス', 'Copy and fax'),
        tile('行政・証明書', 'Certificates', true),
        tile('写真・文書', 'Photos and documents'),
        tile('くじ・保険', 'Lottery and insurance'),
      ],
    ],
    hasReader: true,
  },
};

const PLAIN: PanelLook = {
  theme: 'rows',
  menus: [[tile('証明書を印刷', 'Print certificates', true)]],
  hasReader: true,
};

export const lookOf = (code: string): PanelLook => LOOKS[code] ?? PLAIN;
