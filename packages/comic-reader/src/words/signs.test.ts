import { type Place, type Placed, signsAmong } from './signs.ts';

const place = (over: Partial<Place> = {}): Place => ({
  ...{
    box: { x: 300, y: 600, w: 120, h: 20 },
    letter: 14,
    within: null,
    shape: 'open',
    atEdge: false,
    tilted: false,
  },
  ...{ size: 1, ground: 250, ink: 20 },
  ...over,
});
const said: Placed = {
  text: 'Hôm qua trời mưa suốt cả buổi chiều.',
  place: place({ shape: 'balloon', box: { x: 100, y: 100, w: 200, h: 60 } }),
};
/** Returns the kind of a block on a page with speech in a balloon. */
const kindOf = (text: string, over: Partial<Place> = {}, ...others: Placed[]) =>
  signsAmong([said, { text, place: place(over) }, ...others])[1];

describe('a sign', () => {
  test.each<[string, string, Partial<Place>]>([
    ['a large name on a board', 'CHỢ HOA', { shape: 'board', size: 1.6 }],
    ['a small name on a door', 'Bếp', { shape: 'board', size: 0.6, ground: 180 }],
    ['a name on a shirt', 'THƯ VIỆN', { size: 1.6, ground: 200 }],
    ['text that rises or falls evenly', 'Hai ba con voi to qua', { tilted: true }],
    [
      'a poster that rises, with a stroke after it',
      'THẦN DƯỢC TỐT NHẤT KINH THÀNH CHO NGÀY HỘI-',
      { tilted: true },
    ],
    ['a prize with zeros that are read as letters', 'GIẢI TỚI 50 OOOKo', { tilted: true, atEdge: true }],
    ['a board that the side of the panel cuts off', 'PHÒNG 203', { atEdge: true, ground: 70, size: 0.8 }],
    ['a name after an abbreviation', 'Dr. Holland', { shape: 'board', size: 1.2 }],
    ['the site of a translator below the panels', 'Đọc truyện mới nhất tại NETTRUYEN.COM', { size: 0.7 }],
    ['a site at the side of a panel', 'www.maytrang.vn/truyen', { atEdge: true }],
    ['two lines of a poster', 'BÁN NHÀ\nGIÁ RẺ', { shape: 'board', size: 1.4, ground: 60 }],
  ])('is %s', (_, text, over) => expect(kindOf(text, over)).toBe('sign'));

  test.each<[string, string, Partial<Place>]>([
    ['in a balloon', 'CHỢ HOA', { shape: 'balloon', size: 1.6 }],
    ['a sentence', 'Ngõ nhà tôi, cứ hễ trời mưa là có chuyện lạ.', { shape: 'board', size: 1.4 }],
    ['an address in a balloon', 'Vào maytrang.vn mà xem', { shape: 'balloon' }],
    ['a narrator’s sentence about a site', 'Hôm ấy tôi tìm thấy nó trên maytrang.vn.', { atEdge: true }],
    ['a shout', 'Chạy đi!', { size: 1.3 }],
    ['a shout that falls', 'Sao lại thế này?!', { tilted: true, size: 1.3 }],
    ['speech that is cut off', 'Khoan đã--', { shape: 'board', size: 1.3 }],
    ['a few letters of which most are high', 'Ở làng bên', { shape: 'board', size: 1.36 }],
    ['a narrator’s words about the time', 'Tối hôm đó', { shape: 'board' }],
    ['a narrator at the side of the panel', 'Ba năm', { shape: 'board', atEdge: true }],
    [
      'a narrator in a tinted box at the side of the panel',
      'Nhiều ngày trôi qua',
      { shape: 'board', atEdge: true, ground: 200 },
    ],
    ['a few words about the time in such a box', 'Hôm sau', { shape: 'board', atEdge: true, ground: 120 }],
    ['a window of a game', 'Cấp 12\nHP 100/100', { shape: 'board', ground: 30, size: 0.8 }],
    ['whispered', 'mình có nên về nhà không', { size: 0.7 }],
  ])('is not speech: %s', (_, text, over) => expect(kindOf(text, over)).toBe('said'));

  test('is not a narrator’s box like those with a sentence', () => {
    const box: Partial<Place> = { shape: 'board', ground: 200, size: 1.2 };
    expect(kindOf('Cánh đồng', box)).not.toBe('said');
    const told = { text: 'Từ đó về sau cô bé không bao giờ quay lại nữa.', place: place(box) };
    expect(kindOf('Cánh đồng', box, told)).toBe('said');
  });

  test('is not a name close below a text about somebody, or in its box', () => {
    const name: Partial<Place> = { size: 1.6 };
    expect(kindOf('Onda Midori', name)).toBe('sign');
    const above = place({ box: { x: 290, y: 575, w: 140, h: 20 } });
    expect(kindOf('Onda Midori', name, { text: 'Phó chủ nhiệm, anh trai', place: above })).toBe('said');
    const within = { x: 280, y: 400, w: 160, h: 240 };
    const higher = place({ within, shape: 'board', box: { x: 290, y: 420, w: 140, h: 20 } });
    const inBox: Partial<Place> = { ...name, within, shape: 'board', atEdge: true };
    expect(kindOf('Onda Midori', inBox, { text: 'Phó chủ nhiệm, anh trai', place: higher })).toBe('said');
  });

  test('could be text at the side of a panel in another size than speech', () => {
    const capitals = { text: 'HÔM QUA TRỜI MƯA SUỐT CẢ BUỔI CHIỀU.', place: said.place };
    const name: Placed = { text: 'ONDA MIDORI CHỦ TIỆM', place: place({ atEdge: true, size: 1.37 }) };
    expect(signsAmong([capitals, name])[1]).toBe('unsaid');
    expect(signsAmong([capitals, { ...name, place: place({ atEdge: true }) }])[1]).toBe('said');
  });

  test('could be text lettered like speech, without a full stop; it is only spoken where speech has no balloons', () => {
    const bread: Placed = { text: 'Bánh mì', place: place({ shape: 'board' }) };
    expect(signsAmong([said, bread])[1]).toBe('unsaid');
    const open = { ...said, place: place({ box: said.place.box }) };
    expect(signsAmong([open, bread])[1]).toBe('unsure');
    expect(signsAmong([said, open, open, open, bread])[4]).toBe('unsure');
  });

  test('can be at the side of a panel, on another ground than speech', () => {
    expect(kindOf('Kho số 2', { shape: 'board', atEdge: true })).toBe('said');
    expect(kindOf('Kho số 2', { shape: 'board', atEdge: true, ground: 70 })).toBe('unsaid');
  });

  test('can be light letters in the dark, unless they tell a sentence', () => {
    expect(kindOf('Nhà nghỉ Rạng Đông', { ground: 40, ink: 220 })).toBe('unsaid');
    expect(kindOf('Nhà nghỉ Rạng Đông', { ground: 190 })).toBe('said');
    expect(kindOf('Mùa đông năm ấy tuyết rơi rất dày.', { ground: 40, ink: 220 })).toBe('said');
  });
});
