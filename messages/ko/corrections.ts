import type { Widen } from '../catalog.ts';
import type { corrections as source } from '../ja/corrections.ts';

export const corrections = {
  title: '내용이 다릅니다',
  link: '내용이 다릅니다',
  lead: '학적 내용의 정정을 학사 담당 부서에 요청합니다. 입력한 신청 내용은 저장되어 있습니다.',
  matter: '무엇이 다릅니까?',
  matters: {
    name: '성명',
    'romanised-name': '로마자 성명',
    'birth-date': '생년월일',
    programme: '소속',
    dates: '입학·졸업 등의 날짜',
    grades: '성적',
    other: '기타',
  },
  details: '올바른 내용',
  detailsHint: '올바른 내용을 적고, 다른 이유를 알고 있으면 함께 적어 주세요.',
  errors: {
    matter: '무엇이 다른지 선택해 주세요.',
    details: (most) => `올바른 내용을 ${most}자 이내로 입력해 주세요.`,
  },
  send: '정정 요청',
  back: '확인 화면으로 돌아가기',
  doneTitle: '요청을 접수했습니다',
  done: '학사 담당 부서에서 확인한 후 메일로 답변합니다. 확인 메일을 보냈습니다.',
  number: '접수 번호',
  kept: '입력한 신청 내용은 저장되어 있으며 정정 후 계속할 수 있습니다.',
  mail: {
    receivedSubject: (number) => `정정 요청을 접수했습니다 (${number})`,
    received: '학적 내용에 대한 다음 정정 요청을 접수했습니다.',
    answeredSubject: (number) => `정정 요청에 대한 답변 (${number})`,
    answered: '학사 담당 부서에서 정정 요청에 답변했습니다.',
  },
} satisfies Widen<typeof source>;
