import type { Widen } from '../catalog.ts';
import type { frame as source } from '../ja/frame.ts';

export const frame = {
  service: '证明书发行服务',
  skipToContent: '跳到正文',
  language: '显示语言',
  changeLanguage: '切换',
  menu: '菜单',
  menuEntries: {
    changeMailAddress: '更改邮箱地址',
    manual: '操作手册',
    myOrders: '我的申请',
    loginAndSecurity: '登录与安全',
    logOut: '退出登录',
  },
  footer: {
    inquiries: '咨询',
    manual: '操作手册',
    browsers: '已确认可用的浏览器',
    accessibility: '无障碍',
    terms: '使用条款',
    privacy: '隐私',
    commercial: '特定商业交易法公示(特定商取引法に基づく表記)',
    verification: '证明书真伪查验',
  },
  step: (now, of, name) => `第 ${now} 步,共 ${of} 步 ${name}`,
  failedTitle: '错误:',
  errorSummary: '请确认您填写的内容',
} satisfies Widen<typeof source>;
