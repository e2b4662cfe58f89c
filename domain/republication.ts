/** Words for publishing a work again, in the languages of scan notes. */
const publish = `re-?uploads?|re-?uploaded|re-?uploading|re-?posts?|re-?posted|re-?posting|re-?publish(?:ed|ing)?|re-?distribut(?:e|ed|ing|ion)|re-?use|re-?host(?:ed|ing)?|upload(?:ed|ing)?|distribut(?:e|ed|ing|ion)|republication|reproduc(?:e|ed|tion)|redistribution`;

const prohibitions: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:do not|don['’]?t|never|not to be|must not|may not|can ?not|no|not for|without permission,? (?:do not )?)\s+(?:[\w,/]+\s+){0,3}?(?:${publish})\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:${publish})\b[^.!?\n]{0,40}\b(?:is|are)?\s*(?:not (?:allowed|permitted|authori[sz]ed)|prohibited|forbidden|banned)\b`,
    'i',
  ),
  /\b(?:for )?(?:personal|private) use only\b/i,
  /(?:không|ko|k|cấm|đừng|chớ|nghiêm cấm|xin đừng)\s+(?:được\s+|cho phép\s+|tự ý\s+|mang\s+|đem\s+|vui lòng\s+|bất kỳ ai\s+){0,3}(?:re-?up|re-?post|upload|up lại|đăng lại|đăng tải|sao chép|phát tán|phát hành lại|chia sẻ|mang đi|đem đi|copy|tái bản)/iu,
  /無断(?:転載|複製|転用|使用|アップロード)|転載(?:は)?(?:禁止|厳禁|不可|お断り)|(?:再配布|アップロード)(?:は)?(?:禁止|厳禁|不可)/u,
  /(?:禁止|严禁|嚴禁|请勿|請勿|谢绝|謝絕|不得|勿)(?:私自|擅自|任何形式的?|二次|商业)?(?:转载|轉載|上传|上傳|传播|傳播|搬运|搬運|转发|轉發)/u,
  /무단\s?(?:전재|배포|복제|전제|도용|업로드)|재배포\s?금지|(?:배포|공유|업로드)\s?(?:를|을)?\s?금지/u,
  /(?:interdit|défense|prière de ne pas)[^.!?\n]{0,30}(?:publier|republier|reproduire|rediffuser|partager|reproduction|diffusion)|reproduction interdite/iu,
  /(?:prohibid[ao]|no (?:está )?permitid[ao]|no (?:re)?subir|proibid[ao]|não (?:re)?(?:postar|publicar|distribuir))[^.!?\n]{0,40}/iu,
  /(?:запрещ\p{L}*|не)\s+(?:\p{L}+\s+){0,2}(?:перезалив\p{L}*|распростран\p{L}*|публик\p{L}*|копирова\p{L}*|выкладыва\p{L}*)/iu,
  /(?:dilarang|jangan)\s+(?:\p{L}+\s+){0,1}(?:re-?upload|re-?post|menyebarkan|mengunggah|upload|memperbanyak)/iu,
  /(?:Weiterverbreitung|Vervielfältigung|Wiederveröffentlichung|Verbreitung)[^.!?\n]{0,30}(?:verboten|untersagt)/iu,
  // No derivatives: a narrated video is one.
  /\bCC[- ]BY(?:-NC)?-ND\b|\bNo[- ]?Deriv(?:ative)?s?\b/i,
];

/** People's notes are short; of a longer text only the beginning is searched. */
const maxLength = 20_000;

/** Returns the sentence of a text that forbids republication; null if none does. */
export function forbidsRepublication(text: string | null): string | null {
  if (!text) return null;
  const sentences = text
    .slice(0, maxLength)
    .split(/(?<=[.!?。！？])\s+|[\r\n]+/u)
    .map((sentence) => sentence.trim());
  return sentences.find((sentence) => prohibitions.some((one) => one.test(sentence))) ?? null;
}

/**
 * Words that those use who publish translations. A character can say too that something must not be copied or shared, so that is not
 * enough here, as it is in notes.
 */
const publisherWords =
  /\bre-?(?:up|ups|upload\w*|post|posts|posted|posting)\b|đăng lại|đăng tải lại|up lại|転載|转载|轉載|무단\s?전재|재배포|republier|repostar|resubir|перезалив/iu;

/** Returns whether lettering on a page forbids to publish the chapter again, as the notes of those who translated it do. */
export const forbidsReposting = (lettering: string): boolean =>
  publisherWords.test(lettering) && forbidsRepublication(lettering) !== null;
