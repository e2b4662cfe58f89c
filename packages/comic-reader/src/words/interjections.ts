/** Interjections of speech that are missing or rare in the pairs of syllables, which are from web pages. */
const words =
  'ừm ờm ờ ớ ới ố ối úi ủa ừa uầy ầy ây hừm hửm hứm hừ hứ hự hú hù hây hầy khì khụ chậc oà oái oe oẹ ọe ực ẹc phụt suỵt xuỵt';

export const interjections: ReadonlySet<string> = new Set(words.split(' '));

/** Log-probability of one, in nats: about one nat less than those that the pairs have, such as `ơi` and `nhỉ`. */
export const interjectionLogProbability = -9.5;
