/** What the fake model reads from a request, as a real one would from the prompt. */
export interface SeenPage {
  /** Number of the page; 0 for the presentation of the video. */
  page: number;
  panels: { id: string; texts: string[] }[];
  instructions: string;
  characters: { name: string }[];
}

const block = /<du_lieu>\n([\s\S]*?)\n<\/du_lieu>/;

/** Finds the data block of the first user message. */
export function readPage(instructions: string, userText: string): SeenPage {
  const data = JSON.parse(block.exec(userText)?.[1] ?? '{}') as {
    trang?: number;
    khung?: { ma: string; chu_may_doc: string[] }[];
    tri_nho?: { nhan_vat: { name: string }[] };
  };
  return {
    page: data.trang ?? 0,
    panels: (data.khung ?? []).map(({ ma, chu_may_doc }) => ({ id: ma, texts: chu_may_doc })),
    instructions,
    characters: data.tri_nho?.nhan_vat ?? [],
  };
}

const scenes = [
  'Trời bắt đầu đổ mưa trên con ngõ nhỏ, ai nấy đều vội vã.',
  'Cô bé ngẩng lên nhìn, đôi mắt mở to vì ngạc nhiên.',
  'Chú mèo thong thả bước qua, như thể chẳng có chuyện gì.',
  'Một cơn gió mạnh thổi tới, cuốn theo mấy chiếc lá khô.',
  'Bà cụ mỉm cười, giọng nói thật hiền từ và ấm áp.',
  'Cả hai cùng chạy về phía cuối ngõ, không dám ngoảnh lại.',
];

const cast = [null, 'Lan', null, 'Bà Tư'];

/** Returns a good reply: one segment a panel, in Vietnamese, different for every page and panel; two characters talk. */
export function goodReply({ page, panels }: SeenPage) {
  return {
    segments: panels.map(({ id }, i) => ({
      text: `${scenes[(page + i) % scenes.length]} Đó là lần thứ ${page * 100 + i + 1} như thế.`,
      panels: [id],
      speaker: cast[i % cast.length] ?? null,
      mood: 'tender',
      kind: i % 2 ? 'speech' : 'description',
    })),
    facts: {
      characters: [
        {
          ...{
            name: 'Lan',
            original: '',
            address: 'tự xưng là tớ, gọi bạn là cậu',
            about: 'cô bé hay tò mò',
          },
          ...{ gender: 'female', age: 'child', manner: 'lively' },
        },
        {
          ...{
            name: 'Bà Tư',
            original: '',
            address: 'tự xưng là bà, gọi Lan là cháu',
            about: 'bà cụ đầu ngõ',
          },
          ...{ gender: 'female', age: 'old', manner: 'gentle' },
        },
      ],
      places: [{ name: 'Ngõ Mây', about: 'con ngõ nhỏ hay có mưa' }],
      events: [`Lan gặp chuyện lạ lần thứ ${page}.`],
    },
  };
}

export const goodPresentation = {
  headline: 'Ai đã lấy mất chiếc ô giữa cơn mưa?',
  description: 'Trong con ngõ nhỏ, một chiếc ô biến mất. Lan quyết tâm đi tìm cho ra.',
  tags: ['truyện tranh', 'đời thường', '#mèo'],
  thumbnail_panel: 'p001-2',
};

type Reply = ReturnType<typeof goodReply>;

const withTexts = (reply: Reply, text: (segment: Reply['segments'][number], i: number) => string): Reply => ({
  ...reply,
  segments: reply.segments.map((segment, i) => ({ ...segment, text: text(segment, i) })),
});

/** Faults of a model that replies with status 200 and with unusable content. */
export const badReplies = {
  prose: (seen: SeenPage) =>
    `Chắc chắn rồi! Đây là lời kể:\n\`\`\`json\n${JSON.stringify(goodReply(seen), null, 2)}\n\`\`\`\nChúc bạn vui!`,
  'prose alone': () => 'Xin lỗi, tôi cần thêm thông tin để viết lời kể cho trang truyện này.',
  'broken JSON': (seen: SeenPage) => JSON.stringify(goodReply(seen)).slice(0, -40),
  English: (seen: SeenPage) =>
    JSON.stringify(
      seen.page === 0
        ? { ...goodPresentation, headline: 'Who took the umbrella in the middle of the rain?' }
        : withTexts(
            goodReply(seen),
            (_, i) => `The girl looks up at the grey sky and sighs again, number ${i}.`,
          ),
    ),
  'ten times the length': (seen: SeenPage) =>
    JSON.stringify(
      withTexts(goodReply(seen), (_, i) =>
        Array.from({ length: 10 }, (_, n) => scenes[(i + n) % scenes.length]).join(' '),
      ),
    ),
  empty: () => '',
  'no segments': (seen: SeenPage) => JSON.stringify({ ...goodReply(seen), segments: [] }),
  'unknown panels': (seen: SeenPage) => {
    const reply = goodReply(seen);
    const segments = reply.segments.map((segment) => ({ ...segment, panels: ['p999-1'] }));
    return JSON.stringify({ ...reply, segments });
  },
  'repeated text': (seen: SeenPage) => JSON.stringify(withTexts(goodReply(seen), () => scenes[0] as string)),
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
