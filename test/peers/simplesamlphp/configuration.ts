import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';

export const SIMPLESAMLPHP = '/usr/share/simplesamlphp';
const ATTRIBUTE_MAPS = '/etc/simplesamlphp/attributemap'; // where the distribution's package puts them

export type TrustedService = {
  readonly spEntityId: string;
  readonly acsUrl: string;
  readonly spSigningCertificatePem: string;
  readonly spEncryptionCertificatePem: string;
  /** The number released for the student. */
  readonly studentNumber?: string;
};

/** A PHP string literal. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
const body = (pem: string): string => quoted(pem.replace(/-----(BEGIN|END) CERTIFICATE-----|\s/g, ''));

/** Writes a complete configuration with fresh keys into `folder`. */
export const writeConfiguration = (folder: string, port: number, service: TrustedService): void => {
  for (const name of ['cert', 'config', 'metadata', 'attributemap', 'data', 'log', 'tmp']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const keys = createSelfSigned('SimpleSAMLphp', Temporal.Now.instant());
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  write('cert/idp.key', keys.privateKeyPem);
  write('cert/idp.crt', keys.certificatePem);
  cpSync(ATTRIBUTE_MAPS, join(folder, 'attributemap'), {
    recursive: true,
    dereference: true,
  });
  write('attributemap/gakunin2oid.php', GAKUNIN);
  write('config/config.php', mainConfiguration(folder, port));
  write('config/authsources.php', people(service.studentNumber ?? '0500123456'));
  write('metadata/saml20-idp-hosted.php', hosted(port));
  write('metadata/saml20-sp-remote.php', remote(service));
};

const GAKUNIN = `<?php
$attributemap = [
  'jaDisplayName' => 'urn:oid:1.3.6.1.4.1.32264.1.1.3',
  'gakuninScopedPersonalUniqueCode' => 'urn:oid:1.3.6.1.4.1.32264.1.1.6',
];
`;

const people = (studentNumber: string): string => `<?php
$config = [
  'admin' => ['core:AdminPassword'],
  'campus' => ['exampleauth:UserPass',
    'a0123456:studentpass' => [
      'uid' => ['a0123456'], 'eduPersonPrincipalName' => ['a0123456@example.ac.jp'],
      'eduPersonScopedAffiliation' => ['student@example.ac.jp'],
      'displayName' => ['Hanako Mihon'], 'jaDisplayName' => ['見本 花子'],
      'gakuninScopedPersonalUniqueCode' => ['student:${studentNumber}@example.ac.jp'],
    ],
    'locked01:lockedpass' => ['uid' => ['locked01'], 'eduPersonPrincipalName' => ['locked01@example.ac.jp']],
    'staff01:staffpass' => [
      'uid' => ['staff01'], 'eduPersonPrincipalName' => ['staff01@example.ac.jp'],
      'eduPersonScopedAffiliation' => ['staff@example.ac.jp'],
      'displayName' => ['Taro Mihon'], 'jaDisplayName' => ['見本 太郎'],
    ],
  ],
];
`;

const mainConfiguration = (folder: string, port: number): string => `<?php
$base = ${quoted(folder)};
$config = [
  'baseurlpath' => 'http://127.0.0.1:${port}/',
  'certdir' => "$base/cert/", 'loggingdir' => "$base/log/", 'datadir' => "$base/data/", 'tempdir' => "$base/tmp",
  'metadatadir' => "$base/metadata/", 'attributenamemapdir' => "$base/attributemap/",
  'technicalcontact_name' => 'test', 'technicalcontact_email' => 'test@example.ac.jp',
  'secretsalt' => 'made-for-one-test-run', 'auth.adminpassword' => 'made-for-one-test-run',
  'timezone' => 'UTC', 'admin.checkforupdates' => false, 'assertion.allowed_clock_skew' => 180,
  'showerrors' => true, 'errorreporting' => true, 'production' => false,
  'logging.level' => SimpleSAML\\Logger::WARNING, 'logging.handler' => 'file', 'logging.logfile' => 'peer.log',
  'enable.saml20-idp' => true,
  'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
  'session.cookie.secure' => false, 'session.cookie.samesite' => 'Lax',
  'language.cookie.secure' => false, 'language.cookie.samesite' => null,
  'session.cookie.name' => 'PeerSession', 'session.authtoken.cookiename' => 'PeerToken',
  'session.phpsession.cookiename' => 'PeerPhp',
  'store.type' => 'sql', 'store.sql.dsn' => "sqlite:$base/data/store.sqlite3", 'store.sql.prefix' => 'peer',
  'language.available' => ['en'], 'language.default' => 'en', 'theme.use' => 'default',
  'metadata.sources' => [['type' => 'flatfile']],
  'authproc.idp' => [90 => ['class' => 'core:AttributeMap', 'name2oid']],
];
`;

/**
 * A request for a second factor is answered for the student; the staff member has none, and the locked account is
 * refused with an error status (`core:PHP` decides).
 */
const hosted = (port: number): string => `<?php
$metadata['http://127.0.0.1:${port}/idp'] = [
  'host' => '__DEFAULT__', 'privatekey' => 'idp.key', 'certificate' => 'idp.crt', 'auth' => 'campus',
  'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'attributes.NameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
  'NameIDFormat' => ['urn:oasis:names:tc:SAML:2.0:nameid-format:transient'],
  'scope' => ['example.ac.jp'],
  'attributeencodings' => ['urn:oid:1.3.6.1.4.1.5923.1.1.1.10' => 'raw'],
  'authproc' => [
    4 => ['class' => 'saml:TransientNameID'],
    5 => ['class' => 'core:PHP', 'code' => '
      $want = (array) ($state["saml:RequestedAuthnContext"]["AuthnContextClassRef"] ?? []);
      if (($attributes["uid"][0] ?? "") === "locked01") {
        \\SimpleSAML\\Auth\\State::throwException($state, new \\SimpleSAML\\Module\\saml\\Error(
          \\SAML2\\Constants::STATUS_RESPONDER, \\SAML2\\Constants::STATUS_AUTHN_FAILED, "locked"));
      }
      $strong = "https://refeds.org/profile/mfa";
      $state["saml:AuthnContextClassRef"] = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
      if (in_array($strong, $want, true)) {
        if (($attributes["uid"][0] ?? "") === "staff01") {
          \\SimpleSAML\\Auth\\State::throwException($state, new \\SimpleSAML\\Module\\saml\\Error\\NoAuthnContext(
            \\SAML2\\Constants::STATUS_RESPONDER, "no second factor"));
        }
        $state["saml:AuthnContextClassRef"] = $strong;
      }
    '],
    40 => ['class' => 'core:TargetedID', 'identifyingAttribute' => 'eduPersonPrincipalName', 'nameId' => true],
    95 => ['class' => 'core:AttributeMap', 'gakunin2oid'],
  ],
];
`;

/** Its encryption is AES-128-CBC whatever one sets, which we refuse: GCM is tested with our own provider. */
const remote = (service: TrustedService): string => `<?php
$metadata[${quoted(service.spEntityId)}] = [
  'AssertionConsumerService' => ${quoted(service.acsUrl)},
  'keys' => [
    ['type' => 'X509Certificate', 'signing' => true, 'encryption' => false, 'X509Certificate' => ${body(service.spSigningCertificatePem)}],
    ['type' => 'X509Certificate', 'signing' => false, 'encryption' => true, 'X509Certificate' => ${body(service.spEncryptionCertificatePem)}],
  ],
  'assertion.encryption' => false,
  'validate.authnrequest' => true, 'redirect.validate' => true,
  'saml20.sign.response' => true, 'saml20.sign.assertion' => true,
  'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
];
`;
