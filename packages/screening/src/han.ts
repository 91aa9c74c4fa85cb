/**
 * Traditional and variant characters, each before its Simplified form: the ones the word list and the identifier need,
 * not a converter. One way only, so that text in either script meets one list.
 */
const table =
  '們们個个這这說说對对來来時时會会過过還还後后麼么為为爲为沒没學学開开關关點点間间問问話话誰谁讓让從从與与' +
  '錢钱賺赚貸贷款款賬账帳账號号碼码驗验證证銀银轉转匯汇稅税費费獎奖領领獲获贏赢財财資资投投報报酬酬' +
  '詐诈騙骗導导員员職职務务薪薪傭佣兼兼單单訂订購购買买賣卖價价優优惠惠禮礼贈赠現现場场機机構构' +
  '連连鏈链網网頁页線线聯联繫系係系絡络電电訊讯簡简短短區区塊块幣币倉仓槓杠桿杆漲涨損损穩稳險险' +
  '緊紧凍冻結结異异審审裁裁檢检調调徵征罰罚監监獄狱逮逮補补償偿認认識识緣缘愛爱戀恋' +
  '殺杀彈弹槍枪擊击襲袭聖圣戰战組组織织爆爆藥药癮瘾葉叶搖摇頭头體体減减飢饥餓饿' +
  '豬猪賤贱婊婊廢废醜丑滾滚蠢蠢腦脑殘残嘔呕噁恶惡恶種种國国華华馬马來来印印裔裔' +
  '視视頻频換换臉脸圖图傳传發发佈布隱隐復复複复製制偽伪裸裸聊聊勒勒索索' +
  '無无請请將将於于內内兩两幾几萬万億亿馮冯產产業业實实際际專专選选擇择隨随應应該该備备註注冊册' +
  '達达運运遞递郵邮稱称簽签額额餘余儲储值值壓压斷断屬属續续謝谢嗎吗';

const toSimplified = new Map<string, string>();
const chars = [...table];
for (let i = 0; i + 1 < chars.length; i += 2) toSimplified.set(chars[i] as string, chars[i + 1] as string);

/** The Simplified form of one character where the table knows one, the character itself otherwise. */
export function simplified(char: string): string {
  return toSimplified.get(char) ?? char;
}
