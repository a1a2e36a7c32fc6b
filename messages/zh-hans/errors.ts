import type { Widen } from '../catalog.ts';
import type { errors as source } from '../ja/errors.ts';

export const errors = {
  requestNumber: '咨询时请告知以下受理号。',
  tryAgain: '再试一次',
  toStart: '回到首页',
  toSignIn: '登录',
  codes: {
    'bad-request': {
      title: '无法读取发送的内容',
      what: '发送的内容与本页面所需不符。',
      next: '请回到上一页重试。',
    },
    'form-expired': {
      title: '无法受理此表单',
      what: '表单来自其他网站,或页面打开时间过长。没有任何更改。',
      next: '请重新打开上一页后再试。',
    },
    'not-allowed': {
      title: '您不能进行此操作',
      what: '您没有此页面的权限。没有任何更改。',
      next: '如果您认为应有权限,请咨询。',
    },
    'not-found': {
      title: '找不到页面',
      what: '此网址没有页面。请确认网址是否完整。',
      next: '请从首页继续。',
    },
    'method-not-allowed': {
      title: '不能以此方式打开页面',
      what: '不能从此处打开该网址。没有任何更改。',
      next: '请从首页继续。',
    },
    'wrong-state': {
      title: '目前不能进行此操作',
      what: '状态已经改变,可能已进行过相同的操作。没有丢失任何内容。',
      next: '请在“我的申请”中查看目前的状态。',
    },
    gone: {
      title: '此页面已失效',
      what: '已超过期限,或已被使用。',
      next: '请从首页重新开始。',
    },
    'too-large': {
      title: '发送的内容过大',
      what: '发送的内容超过可接受的大小。',
      next: '请缩小后再试。',
    },
    'too-many-requests': {
      title: '操作过于频繁',
      what: '短时间内操作次数过多。',
      next: '请稍等片刻后再试。',
    },
    'sign-in-failed': {
      title: '无法登录',
      what: '无法验证统一认证的答复。',
      next: '请重新登录。若仍不行,请告知受理号并咨询。',
    },
    'sign-in-expired': {
      title: '登录中断',
      what: '用时过长,或同一答复到达两次,登录未能完成。',
      next: '请重新登录。',
    },
    'sign-in-cancelled': {
      title: '登录未完成',
      what: '统一认证告知未能登录:您已取消、不同意发送信息,或被大学拒绝。',
      next: '请重新登录。若仍不行,请询问统一认证的服务台。',
    },
    'second-factor-missing': {
      title: '需要双重认证',
      what: '此操作仅凭密码不够,而统一认证未能确认您的第二重认证。',
      next: '请在统一认证中完成设置后重新登录。',
    },
    'sign-in-incomplete': {
      title: '统一认证未提供您的身份信息',
      what: '您已在大学登录,但没有收到识别您所需的信息。',
      next: '请重新登录并同意发送所列信息。若仍不行,请告知受理号并咨询。',
    },
    'another-person': {
      title: '您以另一人的身份登录了',
      what: '此操作须以您原先使用的账号确认。没有任何更改,您仍保持原来的登录状态。',
      next: '请以本人的账号重试,或先退出登录。',
    },
    'name-reassigned': {
      title: '您的用户名曾属于他人',
      what: '为保护原使用者,此用户名暂不能开设账号。我们已通知相关部门。',
      next: '请告知受理号并咨询,核对后即可使用。',
    },
    'person-unknown': {
      title: '找不到您的学籍',
      what: '统一认证已成功,但本服务的学籍中没有您的记录。入学后可能需要几天时间。',
      next: '请过几天再试,或询问教务部门。',
    },
    'session-expired': {
      title: '请登录',
      what: '您尚未登录,或已超过一定时间。申请中的内容已保存。',
      next: '登录后可以继续。',
    },
    unavailable: {
      title: '目前无法使用',
      what: '无法连接所需的系统。已付款的内容不会丢失。',
      next: '请过几分钟再试。',
    },
    unexpected: {
      title: '未能完成',
      what: '我们这边出现了问题。已付款的内容不会丢失。',
      next: '请重试。若仍不行,请告知受理号并咨询。',
    },
  },
} satisfies Widen<typeof source>;
