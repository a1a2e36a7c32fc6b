import type { Widen } from '../catalog.ts';
import type { signIn as source } from '../ja/sign-in.ts';

export const signIn = {
  signedOut: {
    title: '로그아웃했습니다',
    body: '이 서비스에서는 로그아웃했지만 대학 통합 인증에는 아직 로그인되어 있습니다.',
    shared: '공용 컴퓨터에서는 브라우저 창을 모두 닫아 주세요.',
    again: '다시 로그인',
    start: '시작 페이지로',
  },
  choose: {
    title: '로그인할 곳 선택',
    explanation: '평소 이용하는 통합 인증을 선택해 주세요.',
  },
  security: {
    title: '로그인 및 보안',
    account: '로그인한 계정',
    password:
      '비밀번호는 대학 통합 인증의 비밀번호입니다. 이 서비스는 보관하지 않으므로 통합 인증에서 변경해 주세요.',
    sessions: '로그인한 기기',
    limits: '30분 동안 사용하지 않거나 로그인한 지 8시간이 지나면 로그아웃됩니다.',
    here: '이 브라우저',
    unknownBrowser: '알 수 없는 브라우저',
    opened: (time) => `로그인: ${time}`,
    seen: (time) => `최근 이용: ${time}`,
    logOutHere: '로그아웃',
    logOutThere: (name) => `${name} 로그아웃`,
    logOutOthers: '다른 모든 브라우저에서 로그아웃',
  },
  officeMail: {
    subject: '재할당된 사용자 이름의 로그인을 막았습니다',
    body: (principalName, accountId) =>
      `이전과 다른 사람이 ${principalName} 이름으로 로그인하려고 했습니다. 이전 이용자를 보호하기 위해 로그인을 막았습니다. 학적을 확인해 주세요. 계정: ${accountId}`,
  },
} satisfies Widen<typeof source>;
