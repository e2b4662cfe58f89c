import { vocabulary } from './republication/vocabulary.ts';
import { sentencesOf } from './sentences.ts';

/** Words for publishing a work again, in the languages of scan notes. */
const publish = `re-?uploads?|re-?uploaded|re-?uploading|re-?posts?|re-?posted|re-?posting|re-?publish(?:ed|ing)?|re-?distribut(?:e|ed|ing|ion)|re-?use|re-?host(?:ed|ing)?|re-?prints?|re-?printed|upload(?:ed|ing)?|distribut(?:e|ed|ing|ion)|republication|reproduc(?:e|ed|tion)|mirror(?:ed|ing)?`;
/** Words that forbid only together with `not`: each of them has other meanings. */
const take = `share|shared|copy|copied|steal|post (?:it|this|them|our|these)|use (?:it|this|them) (?:in|for|on)|use (?:our|my|these|this|the) (?:scans?|scanlations?|translations?|pages|release)|make (?:a )?videos?|resale|resell|resold`;
/** Words for a work that is taken elsewhere, in Vietnamese. */
const takeAway = `re-?up|re-?post|upload|up lại|đăng lại|đăng tải|đăng (?:ở |lên |sang )?(?:nơi|chỗ|trang|web|kênh)|sao chép|phát tán|phát hành lại|chia sẻ|share|copy|tái bản|chuyển ver|(?:mang|bê|bưng|đem|bế|lấy)(?: (?:truyện|bản dịch|ảnh|nó|về|qua)){0,2} (?:đi|khỏi|sang|ra ngoài)|làm (?:lại )?(?:video|clip|audio)`;

const prohibitions: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:do not|don['’]?t|never|not to be|must not|may not|can ?not|no|not for|without permission,? (?:do not )?)\s+(?:[\w,/]+\s+){0,3}?(?:${publish})\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:do not|don['’]?t|never|must not|may not|not for|not to be)\s+(?:[\w,/]+\s+){0,3}?(?:${take})\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:${publish}|copying|sharing|use)\b[^.!?\n]{0,40}\b(?:is|are)?\s*(?:not (?:allowed|permitted|authori[sz]ed)|prohibited|forbidden|banned)\b`,
    'i',
  ),
  /\bunauthori[sz]ed\b[^.!?\n]{0,60}\b(?:prohibited|forbidden|not (?:allowed|permitted)|illegal)\b/i,
  /\bno part of\b[^.!?\n]{0,80}\b(?:may|can|shall) be\b/i,
  /\b(?:for )?(?:personal|private) use only\b/i,
  // A work without a licence for this is not to be used for it, whatever the word stands beside.
  /\b(?:not|never|no|without|isn['’]t)\s+(?:an?\s+|any\s+|been\s+)?licen[cs]ed?\b|\bunlicen[cs]ed\b|\blicen[cs]e\s+(?:does not|doesn['’]t)\b/i,
  new RegExp(
    String.raw`(?<!\p{L})(?:không|ko|k|cấm|đừng|chớ|nghiêm cấm|xin đừng)\s+(?:được\s+|cho phép\s+|tự ý\s+|mang\s+|đem\s+|vui lòng\s+|bất kỳ ai\s+){0,3}(?:mang đi|đem đi|${takeAway})`,
    'iu',
  ),
  /(?<!\p{L})chỉ (?:được )?(?:đăng|up|phát hành)(?: tải)? (?:duy nhất )?(?:tại|ở|trên)(?!\p{L})/iu,
  /無断(?:転載|複製|転用|使用|アップロード)|(?:転載|再配布|複製|アップロード|二次利用)[^。！\n]{0,8}(?:禁止|禁じ|厳禁|不可|お断り|ご遠慮|お控え|しないで)/u,
  /(?:禁止?|严禁|嚴禁|请勿|請勿|谢绝|謝絕|不得|不要|不许|不許|勿)[^。！，\n]{0,6}?(?:转载|轉載|二传|二次上传|上传|上傳|传播|傳播|搬运|搬運|转发|轉發)/u,
  /무단\s?(?:전재|배포|복제|전제|도용|업로드)|재배포\s?금지|불펌|(?:배포|공유|업로드|퍼가는 것|재업)\s?(?:를|을)?\s?금지|퍼가지 (?:마|말)/u,
  /(?:interdit|défense|prière de ne pas)[^.!?\n]{0,30}(?:publier|republier|reproduire|rediffuser|partager|reproduction|diffusion)|reproduction interdite/iu,
  /(?:prohibid[ao]|no (?:está )?permitid[ao]|no (?:re)?subir|proibid[ao]|não (?:re)?(?:postar|publicar|distribuir))[^.!?\n]{0,40}/iu,
  /(?:запрещ\p{L}*|не)\s+(?:\p{L}+\s+){0,2}(?:перезалив\p{L}*|распростран\p{L}*|публик\p{L}*|копирова\p{L}*|выкладыва\p{L}*)/iu,
  /(?:dilarang|jangan)\s+(?:\p{L}+\s+){0,1}(?:re-?upload|re-?post|menyebarkan|mengunggah|upload|memperbanyak)/iu,
  /(?:Weiterverbreitung|Vervielfältigung|Wiederveröffentlichung|Verbreitung)[^.!?\n]{0,30}(?:verboten|untersagt)/iu,
  // No derivatives, also as the address of the licence: a narrated video is one.
  /\bBY(?:-NC)?-ND\b|\bCC[- ]BY(?:[- ]NC)?[- ]ND\b|\bNo[- ]?Deriv(?:ative)?s?\b/i,
];

/** A licence that permits a video; one without derivatives is among the prohibitions. */
const freeLicence =
  /\bCC[- ]?(?:BY|0|zero)\b|\bcreative commons\b|creativecommons\.org|\bpublic domain\b|\bdomaine public\b|\bdom[ií]nio público\b|\bgemeinfrei\b|phạm vi công cộng|公有领域|公有領域|パブリックドメイン/i;
/** Its terms, which do not limit more than the licence does. */
const termsOfLicence = /\bnon-?commercial\b|\bshare-?alike\b/gi;

/** Permissions that contain a negation. */
const negatedPermission =
  /\b(?:no problem|don't hesitate to|do not hesitate to|no need to ask|no permission (?:is )?(?:needed|required))\b|đừng ngại|không (?:sao|vấn đề gì|cần (?:phải )?xin phép)|n'hésitez pas à|no (?:dudes|duden) en|no hay problema|não hesite[m]? em|sem problemas?|non esitate? a|kein problem|jangan (?:ragu|sungkan)(?: untuk)?|構いません|かまいません|問題ありません|问题不大|没问题/giu;

/** An address, also with its name before it, and a number in brackets: programs that collect metadata write both. */
const addresses =
  /(?:^|(?<=[.;,|]\s))[\p{L}\d ]{1,30}:\s*https?:\/\/\S+|https?:\/\/\S+|\bwww\.\S+|\[[^\]]{0,40}\d[^\]]{0,40}\]/giu;
/** A title in quotation marks. */
const quoted = /["“«「『][^"”»」』]{1,80}["”»」』]/gu;
/** The name of a channel or page. */
const ownPage = /^(?:youtube|tiktok|fanpage|video)\s*:/iu;

/**
 * Returns whether a sentence of a note is known to do no harm: neither does it speak of using the work nor does a person speak to the
 * readers in it, except for thanks; or it permits the use, or only reports what happened. What a person asks of the readers can limit the use in
 * words that no list has: `leave our work where you found it`.
 */
function isHarmless(sentence: string): boolean {
  const words = vocabulary();
  const text = sentence
    .normalize('NFKC')
    .normalize('NFC')
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(negatedPermission, ' ok ');
  if (freeLicence.test(text) && !words.limits.test(text.replaceAll(termsOfLicence, ''))) return true;
  const isToReaders = words.toReaders.test(text.replaceAll(quoted, ' ').replaceAll(words.courtesy, ' '));
  if (words.limits.test(text)) return !isToReaders && text.search(words.use) === -1;
  const rest = text.replaceAll(addresses, ' ').replace(ownPage, ' ').replaceAll(words.reports, ' ');
  const speaksOfUse = rest.search(words.use) !== -1;
  return speaksOfUse ? words.permission.test(text) : !isToReaders;
}

const forbids = (sentence: string) => prohibitions.some((one) => one.test(sentence));

/** People's notes are short; of a longer text only so many characters are searched. */
const longestSearched = 20_000;

const sentencesIn = (text: string | null, isFound: (sentence: string) => boolean): string[] =>
  text ? sentencesOf(text.slice(0, longestSearched)).filter(isFound) : [];

/** Returns the sentences of a text that forbid republication. */
export const prohibitionsIn = (text: string | null): string[] => sentencesIn(text, forbids);

/** Returns what is shown for a text that is too long to be searched as a whole; null for another one. */
export const unsearchedPart = (text: string, name: string): string | null =>
  text.length > longestSearched
    ? `only the first ${longestSearched} characters of ${name} were searched for a prohibition`
    : null;

/**
 * Returns the sentences of a note that forbid republication, or speak of using the work without being understood as a permission. Not
 * for a summary or lettering, which speak of such things for other reasons.
 */
export const limitsRepublication = (note: string | null): string[] =>
  sentencesIn(note, (sentence) => forbids(sentence) || !isHarmless(sentence));

/**
 * Words that those use who publish translations. A character can say too that something must not be copied or shared, so that is not
 * enough here, as it is in notes.
 */
const publisherWords =
  /\bre-?(?:up|ups|upload\w*|post|posts|posted|posting)\b|\bscan(?:s|lations?|lated)\b|bản dịch|đăng lại|đăng tải lại|up lại|転載|转载|轉載|무단\s?전재|재배포|republier|repostar|resubir|перезалив/iu;

/** Returns the sentences of lettering or a summary that forbid to publish the chapter again, as those who translated it write. */
export const forbidsReposting = (text: string | null): string[] =>
  text !== null && publisherWords.test(text) ? prohibitionsIn(text) : [];
