import type { Widen } from '../catalog.ts';
import type { delivery as source } from '../ja/delivery.ts';

export const delivery = {
  titleIn: {
    ja: (title) => `${title}(일본어)`,
    en: (title) => `${title}(영어)`,
  },
  links: {
    unknown: {
      title: '이 링크는 사용할 수 없습니다',
      body: '메일의 링크 전체를 열었는지 확인해 주세요. 일부가 잘렸을 수 있습니다.',
    },
    replaced: {
      title: '더 새로운 링크가 있습니다',
      body: '신청자가 새 링크를 보내 이 링크는 더 이상 사용할 수 없습니다. 최신 메일의 링크를 열어 주세요.',
    },
    recalled: {
      title: '회수되었습니다',
      body: '신청자가 이 증명서를 회수했습니다. 필요하면 신청자에게 문의해 주세요.',
    },
    expired: {
      title: '링크가 만료되었습니다',
      body: '기한이 지나 파일이 삭제되었습니다. 필요하면 신청자에게 다시 보내 달라고 요청해 주세요.',
    },
    withdrawn: {
      title: '증명서가 철회되었습니다',
      body: '대학이 이 증명서를 철회하여 더 이상 다운로드할 수 없습니다. 자세한 내용은 아래 문의처로 연락해 주세요.',
    },
  },
  page: {
    title: '보내 드리는 증명서',
    lead: (university, applicant) =>
      `${applicant}의 신청에 따라 ${university}에서 다음 증명서를 보내 드립니다.`,
    from: '발급자',
    applicant: '신청자',
    to: '제출처',
    reference: '참조 번호',
    certificates: '증명서',
    until: '다운로드 기한',
    untilText: (time) => `${time}까지(일본 시간). 기한이 지나면 파일이 삭제됩니다.`,
    open: '증명서 보기',
    openHint: '신청자는 언제 열었는지 볼 수 있습니다.',
    codeNeeded: (address) => `일회용 코드를 입력하면 증명서가 표시됩니다. 코드는 ${address}(으)로 보냅니다.`,
    askCode: '코드를 메일로 받기',
    askCodeAgain: '새 코드를 메일로 받기',
    codeMailed: '코드를 메일로 보냈습니다. 30분 이내에 입력해 주세요.',
    code: '일회용 코드',
    codeHint: '메일에 적힌 6자리 숫자입니다.',
    enter: '입력하고 증명서 보기',
    wrong: (left) => `코드가 맞지 않습니다. 남은 횟수: ${left}회`,
    noTries: '코드를 5번 잘못 입력하여 무효가 되었습니다. 새 코드를 받아 주세요.',
    noCode: '이 코드는 더 이상 사용할 수 없습니다. 새 코드를 받아 주세요.',
    tooMany: '코드를 너무 많이 보냈습니다. 한 시간 후 다시 시도해 주세요.',
    errorField: '일회용 코드: ',
    documents: '다운로드',
    download: (file) => `${file} 다운로드`,
    downloadAll: (count) => `${count}개 모두 다운로드(ZIP)`,
    downloaded: (time) => `${time} 다운로드함`,
    withdrawn: (count) => `증명서 ${count}부는 대학이 철회하여 표시하지 않습니다.`,
    extendTitle: '기한 연장',
    extendHint: (until) => `${until}까지 한 번 연장할 수 있습니다.`,
    extend: '기한 연장',
    extended: '기한이 연장되었으며 더 이상 연장할 수 없습니다.',
    check: '확인 방법',
    checkText:
      '모든 PDF에는 대학의 전자 서명이, 모든 쪽에는 QR 코드가 있습니다. 진위 확인 페이지에서 PDF 파일이나 번호를 확인할 수 있습니다.',
    checkLink: '증명서 진위 확인',
    mistaken: '짐작 가는 바가 없으면 페이지를 닫고 아무것도 하지 마세요.',
  },
  section: {
    title: '제출처에 보낸 증명서',
    sentAt: '전송',
    openedAt: '열람',
    downloadedAt: '다운로드',
    downloaded: (title, time) => `${title} (다운로드 ${time})`,
    recalledAt: '회수',
    until: '다운로드 기한',
    extended: '(제출처가 연장함)',
    notYet: '아직',
    states: {
      sent: '전송됨',
      opened: '열람함',
      downloaded: '다운로드함',
      expired: '만료됨',
      recalled: '회수됨',
    },
    bounced: '메일이 도착하지 않았습니다. 주소를 확인하고 다시 보내 주세요.',
    code: '일회용 코드 필요',
    recall: '회수',
    resend: '새 링크 보내기',
    correct: '주소를 고쳐 다시 보내기',
    documents: '보낸 증명서',
    copies: '본인용 사본',
    copiesHint:
      '보관용 사본으로 모든 쪽에 PERSONAL COPY라고 표시됩니다. QR 코드와 서명이 없어 증명서로 사용할 수 없습니다.',
    copy: (title) => `본인용 사본 다운로드: ${title}`,
  },
  recall: {
    title: (organisation) => `${organisation}에서 회수`,
    lead: '링크는 바로 사용할 수 없게 됩니다. 제출처가 연 후에는 회수할 수 없습니다.',
    after: '나중에 주소를 고쳐 다시 보낼 수 있습니다. 모두 회수하면 신청을 취소하고 환불받을 수도 있습니다.',
    keep: '회수하지 않기',
    recall: '회수',
  },
  resend: {
    title: (organisation) => `${organisation}에 새 링크 보내기`,
    lead: '새 링크를 메일로 보내며 이전 링크는 사용할 수 없게 됩니다. 기한은 그대로입니다.',
    fixed: (address) => `이미 열람했으므로 새 링크도 같은 주소(${address})로 보냅니다.`,
    mail: '제출처의 메일 주소',
    again: '메일 주소(확인용)',
    send: '새 링크 보내기',
    back: '신청으로 돌아가기',
    left: (count) => `${count}번 더 보낼 수 있습니다.`,
    problems: {
      missing: '입력해 주세요.',
      mail: 'name@example.com과 같은 메일 주소를 입력해 주세요.',
      'mail-differs': '두 메일 주소가 서로 다릅니다.',
    },
  },
  mail: {
    subject: (applicant, reference, certificate, university) =>
      `${applicant} ${reference} ${certificate} (${university})`,
    and: (title, more) => `${title} 외 ${more}부`,
    dear: (names) => `받는 이: ${names.join(', ')}`,
    lead: (university, applicant) =>
      `${university}에서 ${applicant}의 증명서를 보내 드립니다. 다음 페이지에서 다운로드해 주세요.`,
    list: (lines) => `증명서:\n${lines.map((line) => `- ${line}`).join('\n')}`,
    reference: (reference) => `참조 번호: ${reference}`,
    until: (time) => `다운로드 기한: 일본 시간 ${time}까지 (한 번 연장 가능)`,
    code: '페이지에서 일회용 코드를 요청하며, 코드는 이 주소로 보냅니다.',
    check: '모든 PDF에 대학의 전자 서명이 있으며 모든 쪽의 QR 코드로 진위를 확인할 수 있습니다.',
    mistaken: (orderNumber) => `이 메일에 짐작 가는 바가 없으면 삭제해 주세요. (신청 번호 ${orderNumber})`,
    codeSubject: (university) => `일회용 코드 (증명서, ${university})`,
    codeText: (code, time) => `일회용 코드: ${code}\n일본 시간 ${time}까지 사용할 수 있습니다.`,
    codeIgnore: '증명서 페이지에서 코드를 요청하지 않았다면 이 메일을 삭제해 주세요.',
  },
  news: {
    order: (number) => `신청 번호: ${number}`,
    where: '신청 페이지에서 열람·다운로드 일시를 확인하고 회수하거나 다시 보낼 수 있습니다.',
    sent: {
      subject: '증명서를 제출처에 보냈습니다',
      text: (until) => `증명서를 제출처에 메일로 보냈습니다. 제출처는 ${until}까지 다운로드할 수 있습니다.`,
    },
    bounced: {
      subject: (organisation) => `${organisation}에 보낸 메일이 도착하지 않았습니다`,
      text: (organisation, address) =>
        `${organisation}(${address})에 보낸 메일이 되돌아왔습니다. 주소를 고쳐 다시 보내거나 회수해 주세요.`,
    },
    waiting: {
      subject: (organisation) => `${organisation}의 링크가 곧 만료됩니다`,
      text: (organisation, until) =>
        `${organisation}에서 아직 모두 다운로드하지 않았습니다. 링크는 ${until}에 만료됩니다. 제출처에 알려 주세요.`,
    },
    expired: {
      subject: (organisation) => `${organisation}의 링크가 만료되었습니다`,
      text: (organisation) =>
        `${organisation}의 링크가 만료되어 파일이 삭제되었습니다. 아직 필요하면 다시 신청해 주세요.`,
    },
  },
} satisfies Widen<typeof source>;
