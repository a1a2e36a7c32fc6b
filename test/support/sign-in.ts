import type { Campus } from './saml-campus.ts';
import { beginAt, cookiesOf, encryptionCertificatesOf, postTo, responseTo, STUDENT } from './saml-campus.ts';
import type { TestService } from './service.ts';

type Attributes = typeof STUDENT;

/** A master's student of the sample university, somebody else than `STUDENT`. */
export const OTHER_STUDENT: Attributes = STUDENT.map((attribute, index) => ({
  ...attribute,
  values: [index === 0 ? 'm0234567@akatsuki.example' : 'student:6025410002@akatsuki.example'],
}));

/** Signs somebody in over SAML as a browser does; returns the browser's cookies. */
export const signInAt = async (
  { address, baseUrl }: TestService,
  campus: Campus,
  attributes: Attributes = STUDENT,
): Promise<string> => {
  const [encryptionCertificate = ''] = await encryptionCertificatesOf(address);
  const begun = await beginAt(address);
  const response = await responseTo(campus, { baseUrl, encryptionCertificate }, begun.requestId, attributes);
  const answer = await postTo(address, response, begun.cookie);
  if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`);
  return cookiesOf(answer);
};
