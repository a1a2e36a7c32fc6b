import type { Widen } from '../catalog.ts';
import type { printing as source } from '../ja/printing.ts';

export const printing = {
  title: '출력 예약 번호(印刷予約番号)',
  preparingTitle: '증명서 준비 중',
  preparing: '증명서를 만들고 있습니다. 보통 1분도 걸리지 않습니다. 이 페이지는 자동으로 갱신됩니다.',
  preparingLeave: '페이지를 닫아도 됩니다. 준비되면 메일로 알려 드립니다.',
  printedTitle: '출력 완료',
  printed: '모든 증명서가 출력되었습니다. 전자 파일은 삭제되었습니다.',
  partly: (done, all) => `${all}부 중 ${done}부가 출력되었습니다. 나머지는 같은 번호로 출력해 주세요.`,
  unknown: '복사기에서 결과가 오지 않았습니다. 같은 번호로 다시 시도해 주세요.',
  busy: '복사기에서 출력하고 있습니다.',
  lapsedTitle: '출력 기한이 지났습니다',
  lapsed: '이 번호로는 더 이상 출력할 수 없습니다. 파일은 삭제되었습니다.',
  extendTerms: (until) =>
    `기한을 한 번 무료로 연장할 수 있습니다. 지금 연장하면 같은 번호로 ${until}까지 출력할 수 있습니다. 증명서와 발급일은 바뀌지 않습니다.`,
  extend: '출력 기한 연장',
  extensionUsed: '출력 기한은 이미 한 번 연장되었습니다. 필요하면 다시 신청해 주세요.',
  stopped:
    '출력이 도중에 중단되었습니다. 아래 번호로 다시 출력해 주세요. 이미 나온 용지는 다시 출력하면 무효가 됩니다.',
  nothingValid: '이전에 출력한 증명서는 무효입니다. 아래 번호로 다시 출력해 주세요.',
  badPrint: {
    title: '출력 상태가 좋지 않음',
    offer: (until) =>
      `흐리거나 얼룩이나 접힌 자국이 있어 사용할 수 없으면 ${until}까지 알려 주고 새 번호로 다시 출력해 주세요.`,
    open: '다시 출력',
    lead: '사용할 수 없는 증명서를 선택해 주세요.',
    terms: [
      '선택한 증명서의 용지는 바로 무효가 되며 되돌릴 수 없습니다.',
      '새 출력 예약 번호와 PIN을 받으며 메일로도 알려 드립니다.',
      '증명서와 발급일은 바뀌지 않습니다. 수수료는 없지만 복사기 출력 요금은 다시 듭니다.',
      '신청마다 다시 출력할 수 있는 횟수가 정해져 있습니다.',
    ],
    which: '다시 출력할 증명서',
    choose: '다시 출력할 증명서를 하나 이상 선택해 주세요.',
    pages: (pages) => `${pages}장`,
    back: '하지 않고 돌아가기',
    submit: '무효로 하고 다시 출력',
  },
  unconfirmedTitle: '출력을 확인하지 못했습니다',
  unconfirmed:
    '출력 기한이 지났으며, 증명서가 나왔는지 복사기에서 알려 오지 않았습니다. 증명서를 가지고 있으면 유효하며 아무것도 할 필요가 없습니다.',
  reprintVoids:
    '나오지 않았다면 무료로 한 번 더 출력할 수 있습니다. 새로 출력하면 이전에 나온 용지는 바로 무효가 됩니다.',
  reprint: '한 번 더 출력',
  reprintUsed: '이미 한 번 다시 출력했습니다. 나오지 않았다면 문의해 주세요.',
  replacing: 'PIN을 여러 번 잘못 입력하여 번호를 바꾸고 있습니다. 잠시 기다려 주세요.',
  lead: '가까운 편의점의 복합기(マルチコピー機)에 이 번호를 입력해 주세요.',
  number: '출력 예약 번호(印刷予約番号)',
  copy: '번호 복사',
  copied: '복사했습니다',
  qr: '출력 예약 번호의 QR 코드',
  qrHint: '복사기의 판독기에 대 주세요',
  pin: 'PIN',
  showPin: 'PIN 보기',
  bring: '편의점에서 지불할 금액',
  sheets: (sheets, charge) => `${sheets}장, 출력 요금 ${charge}(복사기에서 지불)`,
  sum: (sheets, each, charge) => `${sheets}장 × ${each} = ${charge}`,
  coin: (coin, count) => `${coin} × ${count}`,
  coins: (coins) => `동전을 준비해 주세요. 예: ${coins.join(', ')}`,
  deadline: '출력 기한',
  until: (time) => `${time}까지`,
  after: '기한이 지나면 출력할 수 없으며 파일도 삭제됩니다.',
  chains: '편의점과 방법',
  stop: (from, until, reason) => `${from} ~ ${until} 이용 불가 (${reason})`,
  orderNumber: '신청 번호',
  mail: {
    news: {
      ready: {
        subject: (until) => `증명서를 출력할 수 있습니다 (${until}까지)`,
        lead: '편의점 복사기에 다음 번호를 입력하여 증명서를 출력해 주세요.',
      },
      replaced: {
        subject: (until) => `새 출력 예약 번호 (${until}까지)`,
        lead: 'PIN을 5번 잘못 입력하여 번호와 PIN을 바꾸었습니다. 이전 번호는 사용할 수 없습니다.',
      },
      extended: {
        subject: (until) => `출력 기한을 연장했습니다 (${until}까지)`,
        lead: '출력 기한을 연장했습니다. 번호와 PIN은 그대로입니다. 연장은 한 번만 할 수 있습니다.',
      },
      'bad-print': {
        subject: (until) => `다시 출력할 번호 (${until}까지)`,
        lead: '상태가 좋지 않은 용지는 무효가 되었습니다. 다음 새 번호로 다시 출력해 주세요.',
      },
    },
    lapsedSubject: '출력 기한이 지났습니다',
    lapsed: '증명서가 출력되지 않은 채 출력 기한이 지났습니다. 파일은 삭제되었습니다.',
    lapsedExtend:
      '아래 페이지에서 기한을 한 번 무료로 연장할 수 있습니다. 증명서와 발급일은 바뀌지 않습니다.',
    pinWhere: 'PIN은 다음 페이지에 로그인하여 확인해 주세요.',
  },
} satisfies Widen<typeof source>;
