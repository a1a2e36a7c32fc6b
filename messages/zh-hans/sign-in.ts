import type { Widen } from '../catalog.ts';
import type { signIn as source } from '../ja/sign-in.ts';

export const signIn = {
  signedOut: {
    title: '已退出登录',
    body: '您已退出本服务,但大学的统一认证仍处于登录状态。',
    shared: '使用公用电脑时,请关闭所有浏览器窗口。',
    again: '重新登录',
    start: '回到首页',
  },
  choose: {
    title: '选择登录方式',
    explanation: '请选择您平时使用的统一认证。',
  },
  security: {
    title: '登录与安全',
    account: '当前登录的账号',
    password: '密码是统一认证的密码。本服务不保存密码,请在统一认证系统中修改。',
    sessions: '登录中的设备',
    limits: '30 分钟未操作,或登录满 8 小时后,将自动退出。',
    here: '本浏览器',
    unknownBrowser: '未知浏览器',
    opened: (time) => `登录时间:${time}`,
    seen: (time) => `最近使用:${time}`,
    logOutHere: '退出登录',
    logOutThere: (name) => `退出 ${name}`,
    logOutOthers: '退出其他所有浏览器',
  },
  officeMail: {
    subject: '已阻止被重新分配的用户名登录',
    body: (principalName, accountId) =>
      `有另一人试图以 ${principalName} 登录。为保护原使用者,已阻止该登录。请核对学籍。账号:${accountId}`,
  },
} satisfies Widen<typeof source>;
