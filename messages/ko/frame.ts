import type { Widen } from '../catalog.ts';
import type { frame as source } from '../ja/frame.ts';

export const frame = {
  service: '증명서 발급 서비스',
  skipToContent: '본문으로 이동',
  language: '표시 언어',
  changeLanguage: '전환',
  menu: '메뉴',
  menuEntries: {
    changeMailAddress: '메일 주소 변경',
    manual: '이용 안내서',
    myOrders: '내 신청 목록',
    loginAndSecurity: '로그인 및 보안',
    logOut: '로그아웃',
  },
  footer: {
    inquiries: '문의',
    manual: '이용 안내서',
    browsers: '지원 브라우저',
    accessibility: '접근성',
    terms: '이용 약관',
    privacy: '개인정보 보호',
    commercial: '특정상거래법에 따른 표시(特定商取引法に基づく表記)',
    verification: '증명서 진위 확인',
  },
  step: (now, of, name) => `${of}단계 중 ${now}단계 ${name}`,
  failedTitle: '오류: ',
  errorSummary: '입력한 내용을 확인해 주세요',
} satisfies Widen<typeof source>;
