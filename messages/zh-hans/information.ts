import type { Widen } from '../catalog.ts';
import type { information as source } from '../ja/information.ts';

export const information = {
  start: {
    title: '证明书发行服务',
    lead: (university) => `用手机或电脑申请${university}的证明书,在便利店或校内打印。`,
    notices: '通知',
    note: '注意事项',
    noteHeading: '请务必阅读',
    points: [
      '首次登录时,会显示邮箱地址登记页面。',
      '请用您本人的账号登录。',
      '使用公用电脑时,用完后请关闭所有浏览器窗口。',
    ],
    login: '登录',
    stops: '维护与窗口休息',
    noStops: '目前没有计划中的维护。',
    underWay: '(进行中)',
    officeClosed: '(窗口休息)',
    help: '帮助',
  },
  inquiries: { title: '咨询', telephone: '电话', hours: '受理时间', mail: '邮箱' },
  browsers: {
    title: '已确认可用的浏览器',
    supported: '已确认可用的浏览器',
    tested: '最近确认日期',
    untested: '尚未确认',
    computer: '电脑',
    phone: '智能手机等',
    notes: [
      '※以上为确认结果,不保证一定能正常使用。',
      '※因机型或浏览器不同,图像可能无法正常显示。',
      '※以确认当日的最新版本进行确认。',
      '※使用条款所定环境及以上环境之外的终端也可能可以使用,但不保证正常运行。部分页面可能无法显示或无法正常操作。',
    ],
  },
  retention: { title: '数据的保存期限', data: '数据', period: '保存期限' },
  version: (version) => `版本:${version}`,
} satisfies Widen<typeof source>;
