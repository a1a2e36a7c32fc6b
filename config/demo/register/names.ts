/** Written form, reading, romanised; rare characters and variation selectors are meant to be here. */
export const FAMILY_NAMES =
  '佐藤 サトウ SATO|鈴木 スズキ SUZUKI|髙橋 タカハシ TAKAHASHI|高橋 タカハシ TAKAHASHI|田中 タナカ TANAKA|伊藤 イトウ ITO|渡辺 ワタナベ WATANABE|渡邊 ワタナベ WATANABE|渡邉 ワタナベ WATANABE|山本 ヤマモト YAMAMOTO|中村 ナカムラ NAKAMURA|小林 コバヤシ KOBAYASHI|加藤 カトウ KATO|𠮷田 ヨシダ YOSHIDA|吉田 ヨシダ YOSHIDA|山﨑 ヤマサキ YAMASAKI|宮﨑 ミヤザキ MIYAZAKI|神谷 カミヤ KAMIYA|辻\u{e0100} ツジ TSUJI|葛\u{e0100}城 カツラギ KATSURAGI|齋藤 サイトウ SAITO|斎藤 サイトウ SAITO|齊藤 サイトウ SAITO|濵田 ハマダ HAMADA|德永 トクナガ TOKUNAGA|長谷川 ハセガワ HASEGAWA|五十嵐 イガラシ IGARASHI|勅使河原 テシガワラ TESHIGAWARA|森 モリ MORI|林 ハヤシ HAYASHI|清水 シミズ SHIMIZU|池田 イケダ IKEDA|橋本 ハシモト HASHIMOTO|石川 イシカワ ISHIKAWA|前田 マエダ MAEDA|藤田 フジタ FUJITA|岡田 オカダ OKADA|後藤 ゴトウ GOTO|近藤 コンドウ KONDO|桒原 クワハラ KUWAHARA'
    .split('|')
    .map((entry) => entry.split(' ') as [string, string, string]);

export const GIVEN_NAMES =
  '陽菜 ハルナ Haruna|蓮 レン Ren|結衣 ユイ Yui|大翔 ヒロト Hiroto|葵 アオイ Aoi|悠真 ユウマ Yuma|さくら サクラ Sakura|湊 ミナト Minato|美咲 ミサキ Misaki|拓海 タクミ Takumi|凛 リン Rin|陸 リク Riku|花音 カノン Kanon|颯太 ソウタ Sota|莉子 リコ Riko|翔 ショウ Sho|千尋 チヒロ Chihiro|健太 ケンタ Kenta|彩 アヤ Aya|智也 トモヤ Tomoya|七海 ナナミ Nanami|直樹 ナオキ Naoki|遥 ハルカ Haruka|駿 シュン Shun|明日香 アスカ Asuka|祐介 ユウスケ Yusuke|真由 マユ Mayu|誠 マコト Makoto|ひなた ヒナタ Hinata|慶一郎 ケイイチロウ Keiichiro'
    .split('|')
    .map((entry) => entry.split(' ') as [string, string, string]);

/** As the register has them: Japanese form, reading, romanised. */
export const INTERNATIONAL_NAMES: readonly (readonly [string, string, string])[] = [
  ['王 小明', 'ワン シャオミン', 'WANG Xiaoming'],
  ['金 智恵', 'キム チヘ', 'KIM Jihye'],
  ['グエン ティ フオン', 'グエン ティ フオン', 'NGUYỄN Thị Phương'],
  ['オブライエン ショーン', 'オブライエン ショーン', "O'BRIEN Seán"],
  ['ミュラー アンナ', 'ミュラー アンナ', 'MÜLLER Anna'],
  ['ラクシュミナラヤナン スブラマニアン', 'ラクシュミナラヤナン スブラマニアン', 'LAKSHMINARAYANAN Subramanian Venkataraman'],
  ['アブドゥルラフマーン・ビン・ムハンマド', 'アブドゥルラフマーン ビン ムハンマド', 'ABDULRAHMAN bin Muhammad Al-Rashid'],
  ['ド・ラ・フォンテーヌ エロディ', 'ド ラ フォンテーヌ エロディ', 'DE LA FONTAINE Élodie'],
];

const SUBJECTS =
  '線形代数学 Linear Algebra|微分積分学 Calculus|統計学 Statistics|哲学 Philosophy|日本史 Japanese History|世界史 World History|経済原論 Principles of Economics|憲法 Constitutional Law|民法 Civil Law|物理学 Physics|化学 Chemistry|生物学 Biology|情報科学 Computer Science|アルゴリズム Algorithms|データベース Databases|計算機構成 Computer Organisation|英語 English|ドイツ語 German|フランス語 French|中国語 Chinese|言語学 Linguistics|社会学 Sociology|心理学 Psychology|環境学 Environmental Studies|国際関係論 International Relations|地球科学 Earth Science|材料力学 Mechanics of Materials|機械学習 Machine Learning|信号処理 Signal Processing|科学技術と社会 Science, Technology and Society';
const FORMS: readonly (readonly [string, string, string])[] = [
  ['入門', 'Introduction to ', ''],
  ['I', '', ' I'],
  ['II', '', ' II'],
  ['演習', '', ' (Seminar)'],
  ['実習', '', ' (Practical Class)'],
  ['特論', 'Advanced ', ''],
];

const CATEGORIES = [
  ['専門科目', 'Specialised Courses'],
  ['全学共通科目', 'Liberal Arts and General Education'],
  ['外国語科目', 'Foreign Languages'],
] as const;
const LANGUAGES = ['英語', 'ドイツ語', 'フランス語', '中国語'];
const GENERAL = ['哲学', '日本史', '世界史', '社会学', '心理学', '環境学', '国際関係論', '科学技術と社会'];
const categoryOf = (ja: string) => CATEGORIES[LANGUAGES.includes(ja) ? 2 : GENERAL.includes(ja) ? 1 : 0];

export const COURSES = SUBJECTS.split('|').flatMap((entry, subject) => {
  const [ja = '', ...words] = entry.split(' ');
  const [categoryJa, categoryEn] = categoryOf(ja);
  return FORMS.map(([formJa, before, after], form) => ({
    code: `C${String(subject + 1).padStart(2, '0')}${form + 1}`,
    titleJa: `${ja}${formJa}`,
    titleEn: `${before}${words.join(' ')}${after}`,
    credits: form === 4 ? 1 : form === 5 ? 3 : 2,
    categoryJa,
    categoryEn,
  }));
});
