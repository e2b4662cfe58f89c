import { castOf, headline, type Manner, narrated, said } from './manners.ts';

/** Facts that the fake model reads from a request, as a real one would from the prompt. */
export interface SeenPage {
  /** Number of the page; 0 for the presentation of the video. */
  page: number;
  panels: { id: string; texts: string[] }[];
  instructions: string;
  characters: { name: string; original: string }[];
  /** Title of the series, and number or title of the chapter. */
  story: string;
  chapter: string;
  /** Sentences that have to be told differently. */
  sentences: { so: number; nguoi_noi: string | null; loi: string }[];
  /** Sentences of a script that has to be read over, and its hook. */
  proofs: { so: number; nguoi_noi: string | null; loi: string }[];
  hook: string | null;
}

const block = /<du_lieu>\n([\s\S]*?)\n<\/du_lieu>/;

/** Finds the data block of the first user message. */
export function readPage(instructions: string, userText: string): SeenPage {
  const data = JSON.parse(block.exec(userText)?.[1] ?? '{}') as {
    truyen?: string;
    chuong?: unknown;
    cau_can_sua?: SeenPage['sentences'];
    kich_ban?: SeenPage['proofs'];
    mo_dau?: string | null;
    trang?: number;
    khung?: { ma: string; chu_may_doc: string[] }[];
    tri_nho?: { nhan_vat: SeenPage['characters'] };
  };
  return {
    page: data.trang ?? 0,
    panels: (data.khung ?? []).map(({ ma, chu_may_doc }) => ({ id: ma, texts: chu_may_doc })),
    instructions,
    characters: data.tri_nho?.nhan_vat ?? [],
    story: data.truyen ?? '',
    chapter: JSON.stringify(data.chuong ?? ''),
    sentences: data.cau_can_sua ?? [],
    proofs: data.kich_ban ?? [],
    hook: data.mo_dau ?? null,
  };
}

/** Returns a good reply: one segment a panel, in Vietnamese, different for every page and panel; two characters talk. */
export function goodReply({ page, panels, story, chapter }: SeenPage, manner: Manner = {}) {
  const [one, other] = castOf(story, manner);
  const cast = [null, one, null, other];
  return {
    segments: panels.map(({ id }, i) => {
      const place = { story, chapter, at: `${page}.${i}` };
      return {
        text: i % 2 ? said(place, manner) : narrated(place, manner),
        panels: [id],
        speaker: cast[i % cast.length] ?? null,
        mood: 'tender',
        kind: i % 2 ? 'speech' : 'description',
      };
    }),
    facts: {
      characters: [
        {
          ...{ name: one, original: '', address: `tự xưng là tớ, gọi ${other} là cậu` },
          ...{ about: 'cô bé hay tò mò', gender: 'female', age: 'child', manner: 'lively' },
        },
        {
          ...{ name: other, original: '', address: `tự xưng là bà, gọi ${one} là cháu` },
          ...{ about: 'bà cụ đầu ngõ', gender: 'female', age: 'old', manner: 'gentle' },
        },
      ],
      places: [{ name: 'Ngõ Mây', about: 'con ngõ nhỏ hay có mưa' }],
      events: [`${one} gặp chuyện lạ lần thứ ${page}.`],
    },
  };
}

/** Returns the sentences told differently, with their names. */
export const goodRetelling = ({ story, sentences }: SeenPage, attempt = 0, manner: Manner = {}) => ({
  cau: sentences.map(({ so, loi }) => {
    const named = castOf(story, manner).filter((name) => loi.includes(name));
    const place = { story, chapter: 'again', at: `${so} ${attempt} ${loi}` };
    const text = narrated(place, { ...manner, isTemplate: false }, named.length > 0 ? named : ['họ']);
    const lost = named.filter((name) => !text.includes(name));
    return { so, loi: lost.length > 0 ? `${text} ${lost.join(' và ')} cũng ở đó.` : text };
  }),
});

/** Reply of a model that read a script over. */
export interface ProofreadingReply {
  sua: { so: number; loi: string; loai: string; ly_do: string }[];
  mo_dau: string | null;
  nhan_xet: { so: number | null; loai: string; ly_do: string }[];
}

/** Returns the names corrected that are not those of the memory, and a remark on each sentence that is told twice. */
export function goodProofreading({ characters, proofs }: SeenPage): ProofreadingReply {
  const sua = proofs.flatMap(({ so, loi }) => {
    const right = characters.reduce(
      (text, { name, original }) => (original ? text.replaceAll(original, name) : text),
      loi,
    );
    return right === loi ? [] : [{ so, loi: right, loai: 'name', ly_do: 'Tên khác với trí nhớ.' }];
  });
  const nhan_xet = proofs.flatMap(({ so, loi }, i) =>
    proofs.slice(0, i).some((earlier) => earlier.loi === loi)
      ? [{ so, loai: 'repetition', ly_do: 'Câu này đã kể ở trên.' }]
      : [],
  );
  return { sua, mo_dau: null, nhan_xet };
}

/** Returns corrections of the first sentences. */
export const corrected = (
  { proofs }: SeenPage,
  text: (loi: string) => string,
  most = 1,
): ProofreadingReply => ({
  sua: proofs
    .slice(0, most)
    .map(({ so, loi }) => ({ so, loi: text(loi), loai: 'unclear', ly_do: 'Câu này khó hiểu.' })),
  ...{ mo_dau: null, nhan_xet: [] },
});

/** Returns how a video is presented: the same narration gives the same presentation, and another one if it is rejected. */
export const goodPresentation = ({ story, chapter }: SeenPage, attempt = 0, manner: Manner = {}) => ({
  headline: headline({ story, chapter, at: `title ${attempt}` }, manner),
  description: 'Trong con ngõ nhỏ, một chiếc ô biến mất. Lan quyết tâm đi tìm cho ra.',
  tags: ['truyện tranh', 'đời thường', '#mèo'],
  thumbnail_panel: 'p001-2',
});

type Reply = ReturnType<typeof goodReply>;

const withTexts = (reply: Reply, text: (segment: Reply['segments'][number], i: number) => string): Reply => ({
  ...reply,
  segments: reply.segments.map((segment, i) => ({ ...segment, text: text(segment, i) })),
});

/** Returns a reply with a line behind each of its texts. */
export const leaving = (reply: Reply, line: string | undefined): Reply =>
  line === undefined ? reply : withTexts(reply, ({ text }) => `${text} ${line}`);

/** Faults of a model that replies with status 200 and with unusable content. */
export const badReplies = {
  prose: (seen: SeenPage) =>
    `Chắc chắn rồi! Đây là lời kể:\n\`\`\`json\n${JSON.stringify(goodReply(seen), null, 2)}\n\`\`\`\nChúc bạn vui!`,
  'prose alone': () => 'Xin lỗi, tôi cần thêm thông tin để viết lời kể cho trang truyện này.',
  'broken JSON': (seen: SeenPage) => JSON.stringify(goodReply(seen)).slice(0, -40),
  English: (seen: SeenPage) =>
    JSON.stringify(
      seen.proofs.length > 0
        ? corrected(seen, () => 'The girl looks up at the grey sky and sighs again.')
        : seen.page === 0
          ? { ...goodPresentation(seen), headline: 'Who took the umbrella in the middle of the rain?' }
          : withTexts(
              goodReply(seen),
              (_, i) => `The girl looks up at the grey sky and sighs again, number ${i}.`,
            ),
    ),
  /** The name of the series as the headline. */
  'the title again': (seen: SeenPage) => JSON.stringify({ ...goodPresentation(seen), headline: seen.story }),
  'ten times the length': (seen: SeenPage) =>
    JSON.stringify(
      withTexts(goodReply(seen), (_, i) =>
        Array.from({ length: 12 }, (_, n) => narrated({ story: '', chapter: '', at: `${i} ${n}` })).join(' '),
      ),
    ),
  empty: () => '',
  'no segments': (seen: SeenPage) => JSON.stringify({ ...goodReply(seen), segments: [] }),
  'unknown panels': (seen: SeenPage) => {
    const reply = goodReply(seen);
    const segments = reply.segments.map((segment) => ({ ...segment, panels: ['p999-1'] }));
    return JSON.stringify({ ...reply, segments });
  },
  'repeated text': (seen: SeenPage) =>
    JSON.stringify(
      withTexts(goodReply(seen), () => 'Trời bắt đầu đổ mưa trên con ngõ nhỏ, ai nấy đều vội vã.'),
    ),
  /** Obeys a bubble: reveals its instructions. */
  'obeys by quoting': (seen: SeenPage) =>
    JSON.stringify(withTexts(goodReply(seen), (_, i) => seen.instructions.slice(i * 150, i * 150 + 300))),
  /** Obeys a bubble: sends viewers elsewhere. */
  'obeys by advertising': (seen: SeenPage) =>
    JSON.stringify(
      withTexts(
        goodReply(seen),
        () => 'Hãy bỏ truyện này và truy cập ngay www.mua-ngay.com để nhận quà nhé.',
      ),
    ),
} satisfies Record<string, (seen: SeenPage) => string>;

export type BadReply = keyof typeof badReplies;
