import type { Widen } from '../catalog.ts';
import type { heldLines as source } from '../ja/held-lines.ts';

export const heldLines = {
  title: '请您确认',
  held: '申请之后学籍内容有变更。请确认以下内容是否正确。',
  confirmBy: (deadline) => `若在 ${deadline} 之前未确认,将不予发行,并全额退款。`,
  others: '其他证明书照常处理。',
  facts: { name: '姓名', 'birth-date': '出生日期', programme: '所属', status: '学籍状态' },
  statusChanged: '学籍状态(在学、休学、毕业等)有变更。',
  before: '申请时',
  now: '目前的学籍',
  compare: '变更的内容',
  item: '项目',
  confirm: '以此内容发行',
  decline: '不发行,请退款',
  refusedTitle: '未发行',
  because: (reason) => `原因:${reason}`,
  refunded: '此证明书的手续费将全额退还,您无需办理任何手续。',
  notCharged: '此证明书不收取任何费用。',
  refusals: {
    'not-in-register': '学籍中没有相应的记录。',
    'not-offered': '目前不发行此证明书。',
    'not-confirmed': '未在期限内确认内容。',
    'unprintable-name': '姓名中有文字不能正确打印。',
    'made-by-hand': '本服务不能打印姓名中的文字,由窗口手工制作。',
    declined: '您选择了不发行。',
    other: '已不符合发行条件。详情请咨询。',
  },
  halted: '目前暂停发行。您的申请已保留,恢复后会自动继续。',
  orderNumber: '申请号',
  mail: {
    heldSubject: (title) => `请确认:${title}的内容有变更`,
    held: (title) => `申请之后学籍有变更,${title}暂缓发行。请在以下页面确认内容。`,
    refusedSubject: (title) => `${title}未能发行(退款)`,
    refused: (title) => `发行前再次核对后,${title}无法发行。`,
  },
} satisfies Widen<typeof source>;
