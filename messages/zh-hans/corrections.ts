import type { Widen } from '../catalog.ts';
import type { corrections as source } from '../ja/corrections.ts';

export const corrections = {
  title: '内容有误',
  link: '内容有误',
  lead: '请教务部门更正学籍中的内容。您填写的申请已保存。',
  matter: '哪里有误?',
  matters: {
    name: '姓名',
    'romanised-name': '罗马字姓名',
    'birth-date': '出生日期',
    programme: '所属',
    dates: '入学、毕业等日期',
    grades: '成绩',
    other: '其他',
  },
  details: '正确的内容',
  detailsHint: '请写出正确的内容;如果知道不一致的原因,也请写明。',
  errors: {
    matter: '请选择有误之处。',
    details: (most) => `请在 ${most} 字以内填写正确的内容。`,
  },
  send: '请求更正',
  back: '返回确认页',
  doneTitle: '已收到您的请求',
  done: '教务部门核对后会以邮件答复。确认邮件已寄出。',
  number: '受理号',
  kept: '您填写的申请已保存,更正后可以继续。',
  mail: {
    receivedSubject: (number) => `已收到您的更正请求(${number})`,
    received: '我们已收到以下更正学籍内容的请求。',
    answeredSubject: (number) => `关于您的更正请求的答复(${number})`,
    answered: '教务部门已答复您的更正请求。',
  },
} satisfies Widen<typeof source>;
