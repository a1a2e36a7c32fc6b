import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { serialOf } from '#domain/certificate/serial.ts';
import { tokyoDate } from '#domain/dates.ts';
import type { DeliveryDependencies } from '#features/delivery/index.ts';
import { createDeliverySection } from '#features/delivery/index.ts';
import type { ArchiveDependencies, IssueDependencies } from '#features/issuance/index.ts';
import {
  checkTemplates,
  createDocumentAccess,
  createMaker,
  createPersonalCopies,
  createPreview,
  isHalted,
  keepDocument,
  listDocuments,
  makeImpression,
  nameImpression,
  openArchiveTools,
  openDocumentFiles,
  openTypesetter,
  renewImpression,
  watchFonts,
} from '#features/issuance/index.ts';
import { hasOpenUndo } from '#features/mail-address/index.ts';
import type { OrderingDependencies } from '#features/ordering/index.ts';
import { recheckLines } from '#features/ordering/index.ts';
import type { PaymentDependencies } from '#features/payment/index.ts';
import { paymentPath } from '#features/payment/index.ts';
import type { PrintingDependencies } from '#features/printing/index.ts';
import { createPrintSecrets, openAwaitedTickets, ticketPath } from '#features/printing/index.ts';
import { createRecentRecords, readPersonRecord } from '#features/register/index.ts';
import type { VerificationDependencies } from '#features/verification/index.ts';
import { verificationPath } from '#features/verification/index.ts';
import { decryptBytes, encryptBytes, newEnvelopeKey } from '#platform/keys/envelope.ts';
import { rememberFor } from '#platform/remember.ts';
import { openCookieJar } from '#platform/web/cookies.ts';
import { readCopierKeys } from '#src/config.ts';
import { campusPrinting } from './campus-printing.ts';
import { keeperOf } from './keeper.ts';
import { keyFolderOf, openKeys, publishedKeysOf, signerRootsOf } from './keys.ts';
import type { MailParts } from './mail.ts';
import { openMail } from './mail.ts';
import { choosePaymentProviders } from './payment-provider.ts';
import type { Platform } from './platform.ts';
import type { Transparency } from './transparency.ts';
import { openTransparency } from './transparency.ts';

/** What each feature is given, made once a process. */
export type Parts = {
  readonly ordering: OrderingDependencies;
  readonly delivery: DeliveryDependencies;
  readonly payment: PaymentDependencies;
  readonly issuance: IssueDependencies;
  readonly archive: ArchiveDependencies;
  readonly printing: PrintingDependencies;
  readonly transparency: Transparency;
  readonly publishedKeys: VerificationDependencies['publishedKeys'];
  readonly verificationHost: string;
  readonly mail: MailParts;
  /** Typesets a specimen of every certificate; throws one `Error` that lists every mistake. */
  readonly checkTemplates: () => Promise<void>;
  /** Lets go of the answers that wait for something to happen: call before the server waits for its answers to end. */
  letGo: () => void;
  close: () => void;
};

export const openParts = async (platform: Omit<Platform, 'serviceProvider'>): Promise<Parts> => {
  const { db, clock, log, environment, university } = platform;
  const { baseUrl, dataFolder, universityFolder } = environment;
  const keyFolder = keyFolderOf(environment);
  const ring = await openKeys(platform);
  const files = await openDocumentFiles(join(dataFolder, 'documents'));
  const typesetter = openTypesetter({ universityFolder });
  const mail = await openMail(environment, university, clock);
  const verificationHost = new URL(baseUrl).host;
  const documents = createDocumentAccess(db, files, decryptBytes);
  const store = university.destinations.find((destination) => destination.kind === 'store');
  const digital = university.destinations.find((destination) => destination.kind === 'digital');
  const cookies = openCookieJar(baseUrl);
  const delivery: DeliveryDependencies = {
    db,
    clock,
    cookies,
    random: randomBytes,
    baseUrl,
    universityName: { ja: university.nameJa, en: university.nameEn },
    contacts: university.contacts,
    linkMonths: digital?.kind === 'digital' ? digital.linkMonths : 0,
    personalCopy: digital?.kind === 'digital' && digital.personalCopy,
    verificationPath: verificationPath(),
    listDocuments,
    readDocument: documents.readDocument,
    keepDocument,
    makePersonalCopy: createPersonalCopies(db, typesetter, verificationHost),
    hasOpenUndo,
  };
  const currentFonts = watchFonts(universityFolder);
  // For pages alone, many of which are asked for at once; whoever issues asks the database.
  const saysHalted = rememberFor(clock, { seconds: 3 }, () => isHalted(db));
  const ordering: OrderingDependencies = {
    db,
    clock,
    cookies,
    baseUrl,
    university,
    register: {
      readRecord: (personId, now, over = db) => readPersonRecord(over, personId, now),
      readRecentRecord: createRecentRecords(db),
    },
    typesetReceipt: async (data, at) => {
      const seconds = Math.floor(at.epochMilliseconds / 1000);
      const { pdf } = await typesetter.typeset({ template: 'receipt', data, seconds, make: 'document' });
      return pdf ?? new Uint8Array();
    },
    preview: {
      ...createPreview(typesetter, clock, verificationHost),
      missingGlyphs: (text) => currentFonts().missing(text),
    },
    randomBytes,
    isHalted: saysHalted,
    paymentPath,
    ticketPath,
    deliverySection: createDeliverySection(delivery),
  };
  const awaited = openAwaitedTickets(db);
  const transparency = await openTransparency(platform, ring);
  const archiveTools = await openArchiveTools({
    clock,
    signerRoots: async () => signerRootsOf(await ring.list()),
    keyFolder,
    variables: environment.variables,
  });
  const issuance: IssueDependencies = {
    db,
    clock,
    log: transparency.log,
    files,
    maker: createMaker({ typesetter, keys: ring.issuance, verificationHost }),
    createSerial: () => serialOf(randomBytes(12)),
    createKey: newEnvelopeKey,
    encrypt: encryptBytes,
    decrypt: decryptBytes,
    recheckLines: (orderId) => recheckLines(ordering, orderId),
  };
  return {
    ordering,
    delivery,
    payment: {
      db,
      clock,
      log,
      baseUrl,
      universityName: { ja: university.nameJa, en: university.nameEn },
      cashDays: university.deadlines.paymentDays,
      ...choosePaymentProviders(environment),
    },
    issuance,
    archive: {
      db,
      clock,
      files,
      encrypt: encryptBytes,
      decrypt: decryptBytes,
      tools: archiveTools,
    },
    printing: {
      db,
      clock,
      baseUrl,
      secrets: createPrintSecrets(await keeperOf(environment)(keyFolder, 'print.key', () => randomBytes(32))),
      draw: (below) => randomInt(below),
      printDays: university.deadlines.printDays,
      badPrints: university.badPrints,
      chains: store?.kind === 'store' ? store.chains : [],
      campus: campusPrinting(platform),
      copierKeys: await readCopierKeys(university.copierNetworks, environment),
      wait: (milliseconds) => setTimeout(milliseconds),
      raiseAlarm: (alarm) => log.error({ alarm: 'copier-guessing', ...alarm }, 'print numbers are guessed'),
      awaited,
      listDocuments,
      ...documents,
      nameImpression: (documentId) => nameImpression(db, documentId),
      isHalted: saysHalted,
      renewImpression: (tx, documentId, reason) => renewImpression(tx, issuance, documentId, reason),
      makeImpression: (documentId) => makeImpression(issuance, documentId),
    },
    transparency,
    publishedKeys: publishedKeysOf(ring, transparency, archiveTools?.timestampRoots ?? []),
    verificationHost,
    mail,
    checkTemplates: () => checkTemplates({ university, typesetter, today: tokyoDate(clock.now()) }),
    letGo: awaited.close,
    close: () => {
      typesetter.close();
      mail.transport.close();
    },
  };
};
