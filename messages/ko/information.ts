import type { Widen } from '../catalog.ts';
import type { information as source } from '../ja/information.ts';

export const information = {
  start: {
    title: '증명서 발급 서비스',
    lead: (university) =>
      `${university}의 증명서를 스마트폰이나 컴퓨터로 신청하여 편의점이나 교내에서 출력할 수 있습니다.`,
    notices: '공지',
    note: '주의 사항',
    noteHeading: '반드시 읽어 주세요',
    points: [
      '처음 로그인하면 메일 주소 등록 화면이 표시됩니다.',
      '본인의 계정으로 로그인해 주세요.',
      '공용 컴퓨터에서는 이용 후 브라우저 창을 모두 닫아 주세요.',
    ],
    login: '로그인',
    stops: '점검 및 창구 휴무',
    noStops: '예정된 점검이 없습니다.',
    underWay: '(진행 중)',
    officeClosed: '(창구 휴무)',
    help: '도움말',
  },
  inquiries: { title: '문의', telephone: '전화', hours: '접수 시간', mail: '메일' },
  browsers: {
    title: '지원 브라우저',
    supported: '동작이 확인된 브라우저',
    tested: '최근 확인일',
    untested: '아직 확인하지 않음',
    computer: '컴퓨터',
    phone: '스마트폰 등',
    notes: [
      '※ 동작을 확인한 결과이며, 동작을 보증하는 것은 아닙니다.',
      '※ 기종이나 브라우저에 따라 이미지가 제대로 표시되지 않을 수 있습니다.',
      '※ 확인한 날의 최신 버전으로 확인했습니다.',
      '※ 이용 약관에서 정한 환경이나 위 환경이 아니어도 이용할 수 있으나 동작은 보증하지 않습니다. 화면 일부가 표시되지 않거나 제대로 동작하지 않을 수 있습니다.',
    ],
  },
  retention: { title: '데이터 보관 기간', data: '데이터', period: '보관 기간' },
  version: (version) => `버전: ${version}`,
} satisfies Widen<typeof source>;
