import type { Widen } from '../catalog.ts';
import type { names as source } from '../ja/names.ts';

export const names = {
  title: '姓名中有需要确认的文字',
  which: (glyphs) => `本服务的字体不能正确打印以下文字:${glyphs.join('、')}。我们绝不会以其他文字代替。`,
  before: '可以直接提交申请,样张中以〓表示。将由负责人确认文字,能够打印后才需付款。目前不收取任何费用。',
  next: '负责人正在确认文字。能够打印后会以邮件通知,届时再付款。目前不收取任何费用。',
  until: (deadline) => `我们会在 ${deadline} 之前答复。`,
  ask: (name, telephone) => `咨询:${name} ${telephone}`,
  because: (reason) => `窗口的说明:${reason}`,
  submit: '提交确认(目前无需付款)',
  orderNumber: (number) => `申请号 ${number}`,
  steps: {
    pay: (deadline) => `请在 ${deadline} 之前付款。`,
    free: '无需付款,正在准备证明书。',
    nothingLeft: '此申请已结束,不收取任何费用。',
  },
  mail: {
    subject: {
      waiting: '正在确认姓名中的文字(目前无需付款)',
      approve: '您的姓名可以打印了',
      'by-hand': '证明书由窗口手工制作',
      reject: '因姓名中的文字,有一份证明书不能发行',
    },
    approve: '姓名中的文字均可正确打印,申请将继续处理。',
    'by-hand': '本服务不能打印姓名中的文字,该证明书由窗口手工制作,并已从申请中去除。领取方法由窗口另行通知。',
    reject: '姓名中的文字不能正确打印,该证明书已从申请中去除。',
  },
} satisfies Widen<typeof source>;
