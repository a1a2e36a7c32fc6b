/** The items of the yearly examination (学校保健安全法施行規則第6条); results by two random numbers from 0 to 1. */
export const findingsOf = (first: number, second: number): (readonly [string, string, string, string])[] => {
  const height = (150 + first * 32).toFixed(1);
  const weight = (45 + second * 35).toFixed(1);
  const pressure = `${Math.round(104 + first * 26)}/${Math.round(62 + second * 20)} mmHg`;
  const eyes = second < 0.3 ? ['右 0.7 左 0.8(矯正)', 'R 0.7, L 0.8 (corrected)'] : ['右 1.2 左 1.0', 'R 1.2, L 1.0'];
  return [
    ['身長', 'Height', `${height} cm`, `${height} cm`],
    ['体重', 'Weight', `${weight} kg`, `${weight} kg`],
    ['視力', 'Eyesight', eyes[0] ?? '', eyes[1] ?? ''],
    ['聴力', 'Hearing', '異常なし', 'Normal'],
    ['血圧', 'Blood pressure', pressure, pressure],
    ['胸部エックス線検査', 'Chest X-ray', '異常なし', 'No abnormality'],
    ['尿検査', 'Urinalysis', first < 0.05 ? '再検査済・異常なし' : '異常なし', first < 0.05 ? 'Re-examined, normal' : 'Normal'],
    ['総合所見', 'Overall finding', '就学に支障なし', 'Fit for study'],
  ];
};
