import { iou } from '../image/raster.ts';
import { readingOrder } from '../order/reading-order.ts';
import type { Box } from '../page/page.ts';
import { adversarial, art, framed, page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { findPanels } from './panels.ts';

const rows: Box[] = [
  { x: 40, y: 40, w: 720, h: 350 },
  { x: 40, y: 410, w: 720, h: 350 },
  { x: 40, y: 780, w: 720, h: 380 },
];
const framedRows = rows.map((box, i) => framed(i + 1, box)).join('');
const figure = (x: number, y: number, w: number, h: number) =>
  `<ellipse cx="${x}" cy="${y}" rx="${w / 2}" ry="${h / 2}" fill="#333" stroke="#111" stroke-width="3"/>`;
const bleeding = { x: 40, y: 780, w: 720, h: 420 };

const white = (id: string, { x, y, w, h }: Box, art: string) =>
  `<clipPath id="${id}"><rect x="${x}" y="${y}" width="${w}" height="${h}"/></clipPath><g clip-path="url(#${id})"><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#fff"/>${art}</g><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="#111" stroke-width="4"/>`;
const rim = ({ x, y, w, h }: Box) =>
  `<rect x="${x - 10}" y="${y - 10}" width="${w + 20}" height="${h + 20}" fill="#fff"/>`;
/** A large panel on whose white ground people stand, and a smaller picture on it. */
const withPicture = (inset: Box, around: string) =>
  `${framedRows}${white('h', rows[1] as Box, figure(560, 760, 300, 420) + figure(180, 740, 160, 240))}${around}${white('i', inset, figure(inset.x + 80, inset.y + inset.h, 90, 120))}`;
const insetInside = { x: 480, y: 580, w: 220, h: 150 };
const insetOnCorner = { x: 556, y: 626, w: 220, h: 150 };
const slantedLines = `${Array.from({ length: 12 }, (_, i) => `M${430 + 30 * i} 420l-160 330`).join('')}M440 580h60M690 731h40`;
const junction = [rows[0], { x: 40, y: 410, w: 350, h: 750 }, { x: 410, y: 410, w: 350, h: 750 }] as Box[];
const balloon = (x: number, y: number) =>
  `<ellipse cx="${x}" cy="${y}" rx="70" ry="40" fill="#fff" stroke="#111" stroke-width="3"/>`;

const crossing = [40, 610].flatMap((y) => [40, 410].map((x): Box => ({ x, y, w: 350, h: 550 })));
const halves = [40, 410].map((x): Box => ({ x, y: 40, w: 350, h: 350 }));
const inBlack: Box[] = [
  { x: 40, y: 40, w: 350, h: 552 },
  { x: 410, y: 40, w: 350, h: 552 },
  { x: 40, y: 599, w: 720, h: 561 },
];
const whole: Box = { x: 40, y: 40, w: 720, h: 1120 };
const sharing: Box[] = [
  { x: 40, y: 40, w: 720, h: 360 },
  { x: 40, y: 400, w: 300, h: 360 },
  { x: 340, y: 400, w: 420, h: 360 },
  { x: 40, y: 760, w: 720, h: 400 },
];

const wideAbove: Box = { x: 40, y: 40, w: 720, h: 550 };
const belowIt = [40, 287, 534].map((x): Box => ({ x, y: 610, w: 226, h: 550 }));
const inCorner: Box = { x: 420, y: 420, w: 340, h: 340 };
const aroundCorner = '40,40 760,40 760,400 400,400 400,760 40,760';
const houses =
  '<rect x="330" y="120" width="150" height="278" fill="#eee" stroke="#111" stroke-width="3"/><rect x="560" y="200" width="120" height="198" fill="#999" stroke="#111" stroke-width="3"/>';

const toAllEdges: Box[] = [
  { x: 0, y: 0, w: 394, h: 394 },
  { x: 404, y: 0, w: 396, h: 394 },
  { x: 0, y: 404, w: 800, h: 390 },
  { x: 0, y: 804, w: 260, h: 396 },
  { x: 270, y: 804, w: 530, h: 396 },
];
const fills = ['#111', 'url(#dots)', '#345', 'url(#dots)', '#111'];
/** A person in white, cut off by the lower side of a picture. */
const inWhite = ({ x, y, w, h }: Box) =>
  `<path d="M${x + 0.2 * w} ${y + h}Q${x + 0.5 * w} ${y} ${x + 0.7 * w} ${y + h}Z" fill="#fff" stroke="#111" stroke-width="3"/>`;

const offThreeSides: Box[] = [
  { x: 0, y: 40, w: 390, h: 360 },
  { x: 410, y: 40, w: 390, h: 360 },
  { x: 0, y: 420, w: 800, h: 360 },
  { x: 0, y: 800, w: 300, h: 400 },
  { x: 320, y: 800, w: 480, h: 400 },
];

/** Pages that were cut or merged wrongly, each violating one assumption. */
const difficult = {
  'a person who hides a gutter down to the frames that cut them off together': page(
    `${[...halves, ...rows.slice(1)].map((box, i) => framed(i + 1, box)).join('')}<path d="M290 390V230Q390 90 480 230V390Z" fill="#999" stroke="#111" stroke-width="4"/>${figure(640, 400, 120, 80)}`,
    [...halves, ...rows.slice(1)],
  ),
  'captions on the gutter below a wide panel, above three whose gutters end at it': page(
    `${framed(1, wideAbove)}${belowIt.map((box, i) => framed(i + 2, box)).join('')}${belowIt.map(({ x, w }, i) => `<rect x="${x + ([0, 10, 24][i] ?? 0)}" y="575" width="${w - 60}" height="60" fill="#ffd" stroke="#111" stroke-width="3"/>`).join('')}`,
    [wideAbove, ...belowIt],
  ),
  'a white panel in the shape of an L around another': page(
    `<polygon points="${aroundCorner}" fill="#fff"/>${houses}<polygon points="${aroundCorner}" fill="none" stroke="#111" stroke-width="4"/>${white('c', inCorner, figure(520, 760, 160, 240) + figure(740, 480, 120, 160))}${framed(3, rows[2] as Box)}`,
    [{ x: 40, y: 40, w: 720, h: 720 }, inCorner, rows[2] as Box],
  ),
  'a figure across a gutter': page(`${framedRows}${figure(300, 400, 220, 260)}`, rows),
  'a figure that sticks out of its frame': page(`${framedRows}${figure(420, 1120, 260, 150)}`, rows),
  'two lines beside each other in a picture': page(
    `${framedRows}<path d="M250 820L330 1158M258 820L338 1158" stroke="#111" stroke-width="4"/>`,
    rows,
  ),
  'white art that bleeds off the page': page(
    `${framedRows.slice(0, framedRows.lastIndexOf('<rect x="40" y="780"'))}<rect x="0" y="770" width="800" height="430" fill="#fff"/><path d="M40 1200V780H760V1200" fill="none" stroke="#111" stroke-width="4"/><ellipse cx="180" cy="960" rx="110" ry="80" fill="#fff" stroke="#111" stroke-width="3"/><path d="M420 1200Q430 900 520 880T640 1200" fill="none" stroke="#111" stroke-width="4"/>`,
    [...rows.slice(0, 2), bleeding],
  ),
  'pictures without frames that bleed off all edges': page(
    `<pattern id="dots" patternUnits="userSpaceOnUse" width="7" height="7" patternTransform="rotate(45)"><circle cx="3.5" cy="3.5" r="1.9" fill="#222"/></pattern>${toAllEdges.map((box, i) => `<rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}" fill="${fills[i]}"/>${inWhite(box)}`).join('')}`,
    toAllEdges,
  ),
  'pictures on cream paper that bleed off three edges, with people in front of their gutters': page(
    `<rect width="800" height="1200" fill="#f3ead8"/>${offThreeSides.map((box, i) => `<rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}" fill="${['#345', '#678', '#453', '#111', '#567'][i]}"/>${inWhite(box)}`).join('')}${figure(200, 410, 120, 90)}${figure(600, 790, 120, 90)}`,
    offThreeSides,
  ),
  'a picture with a rim on white ground': page(withPicture(insetInside, rim(insetInside)), [
    ...rows,
    insetInside,
  ]),
  'a picture over the corner of a panel': page(withPicture(insetOnCorner, rim(insetOnCorner)), [
    ...rows,
    insetOnCorner,
  ]),
  'a picture with a rim in front of slanted lines, of which some end at its corners': page(
    withPicture(insetInside, `<path d="${slantedLines}" stroke="#222" stroke-width="4"/>${rim(insetInside)}`),
    [...rows, insetInside],
  ),
  'panels on paper whose colour fades from the top to the bottom': page(
    `<linearGradient id="paper" x2="0" y2="1"><stop stop-color="#fff"/><stop offset="1" stop-color="#8ab"/></linearGradient><rect width="800" height="1200" fill="url(#paper)"/>${framedRows}`,
    rows,
  ),
  'a horizon as thick as the frame, with a person in front of it': page(
    white(
      'horizon2',
      whole,
      `<path d="M40 500H760" stroke="#111" stroke-width="5"/><rect x="80" y="300" width="120" height="200" fill="#bbb"/><path d="M260 1160Q280 300 420 300T580 1160Z" fill="#333"/>`,
    ),
    [whole],
  ),
  'a window on a white wall, which is not a picture on another': page(withPicture(insetInside, ''), rows),
  'a crossing of gutters that balloons close at all four ends': page(
    `${crossing.map((box, i) => framed(i + 1, box)).join('')}${balloon(400, 70)}${balloon(400, 1130)}${balloon(80, 600)}${balloon(720, 600)}`,
    crossing,
  ),
  'a gutter in front of which a person stands from its middle down': page(
    `${rows
      .slice(1)
      .map((box, i) => framed(i + 3, box))
      .join(
        '',
      )}${halves.map((box, i) => white(`p${i}`, box, '')).join('')}<path d="M220 390V240Q220 130 400 130T580 240V390Z" fill="#333"/>`,
    [...halves, ...rows.slice(1)],
  ),
  'a person before a panel, whose outlines are as straight as gutters': page(
    `${framedRows}<path d="M300 1158C302 760 330 480 400 480S498 760 500 1158Z" fill="#ccc" stroke="#111" stroke-width="6"/>`,
    rows,
  ),
  'a black gutter in a frame that is three pixels away from the next one': page(
    `<rect x="38" y="38" width="724" height="556" fill="#111"/>${inBlack.map((box, i) => framed(i + 1, box)).join('')}`,
    inBlack,
  ),
  'panels that share a line as their border': page(
    sharing.map((box, i) => white(`s${i}`, box, figure(box.x + 120, box.y + box.h, 140, 300))).join(''),
    sharing,
  ),
  'a horizon and a wall that run from frame to frame, which are drawn with a finer pen': page(
    white(
      'horizon',
      whole,
      `<path d="M40 500H760M400 500V1160" stroke="#111" stroke-width="2.5"/>${figure(600, 1160, 240, 400)}${figure(200, 420, 200, 160)}`,
    ),
    [whole],
  ),
  'a junction of gutters that balloons close on all sides': page(
    `${junction.map((box, i) => framed(i + 1, box)).join('')}${balloon(130, 400)}${balloon(670, 400)}${balloon(400, 1150)}`,
    junction,
  ),
};

describe('finding panels', () => {
  test.each(Object.entries(difficult))('reads %s', async (_, drawn) => {
    const { panels, undivided } = findPanels(await rasterOf(drawn));

    expect(panels).toHaveLength(drawn.panels.length);
    for (const meant of drawn.panels) {
      expect(Math.max(...panels.map((box) => iou(box, meant)))).toBeGreaterThan(0.9);
    }
    expect(undivided).toBe(false);
  });

  test('reads gutters that are narrow and slanted, of which a small raster leaves a pixel or two', async () => {
    const corners = [
      '60,60 1140,60 1140,597 60,561',
      '60,568 641,587 541,1640 60,1640',
      '648,588 1140,604 1140,1640 548,1640',
    ];
    const meant = [
      { x: 60, y: 60, w: 1080, h: 536 },
      { x: 60, y: 568, w: 580, h: 1072 },
      { x: 548, y: 588, w: 592, h: 1052 },
    ];
    const frames = meant.map(
      (box, i) =>
        `<clipPath id="n${i}"><polygon points="${corners[i]}"/></clipPath><g clip-path="url(#n${i})">${art(i + 3, box)}</g><polygon points="${corners[i]}" fill="none" stroke="#111" stroke-width="4"/>`,
    );
    const scale = 0.59;

    const drawn = page(frames.join(''), meant, { width: 1200, height: 1700 });
    const { panels } = findPanels(await rasterOf(drawn, 1200 * scale));

    expect(panels).toHaveLength(3);
    for (const { x, y, w, h } of meant) {
      const onRaster = { x: x * scale, y: y * scale, w: w * scale, h: h * scale };
      expect(Math.max(...panels.map((box) => iou(box, onRaster)))).toBeGreaterThan(0.9);
    }
  });

  test('ends on a chequered floor and on squared paper, which have thousands of rectangles', async () => {
    const filled = (size: number, tile: string) =>
      `<pattern id="p" patternUnits="userSpaceOnUse" width="${size}" height="${size}">${tile}</pattern><rect x="30" y="30" width="740" height="1140" fill="url(#p)"/>`;
    const floor = filled(48, '<path d="M0 0H24V48H48V24H0Z"/>');
    const paper = filled(12, '<path d="M0 0H12M0 0V12" stroke="#111" stroke-width="3"/>');

    for (const drawn of [floor, paper])
      expect(findPanels(await rasterOf(page(drawn, []))).panels).toHaveLength(1);
  });

  test('is unsure about a page of more stripes than a layout has gutters', async () => {
    const stripes = Array.from(
      { length: 90 },
      (_, i) => `<rect x="40" y="${40 + 12 * i}" width="720" height="7"/>`,
    );

    expect(findPanels(await rasterOf(page(stripes.join(''), []))).doubts.unfinished).toBe(1);
  });

  test('reports how much art is outside of the panels', async () => {
    const birds = Array.from(
      { length: 60 },
      (_, i) =>
        `<circle cx="${60 + 70 * (i % 10)}" cy="${1260 + 70 * Math.floor(i / 10)}" r="20" fill="#333"/>`,
    );
    const doubtOf = async (drawing: string) =>
      findPanels(await rasterOf(page(drawing, rows, { width: 800, height: 1700 }))).doubts.outside ?? 0;

    expect(await doubtOf(framedRows)).toBeLessThan(0.05);
    expect(await doubtOf(framedRows + birds.join(''))).toBeGreaterThan(0.2);
  });

  test('finds a picture without a rim in the corner of a panel, in the frame of the panels', async () => {
    const inset = { x: 515, y: 585, w: 220, h: 150 };
    const { panels, doubts } = findPanels(await rasterOf(page(withPicture(inset, ''), rows)));

    expect(panels).toHaveLength(rows.length + 1);
    expect(Math.max(...panels.map((box) => iou(box, inset)))).toBeGreaterThan(0.9);
    expect(doubts).toEqual({ outside: 0 });
  });

  test('is unsure about a picture in the corner of an L that it did not find', async () => {
    const drawn = `<polygon points="${aroundCorner}" fill="#fff"/>${houses}<polygon points="${aroundCorner}" fill="none" stroke="#111" stroke-width="4"/>${framed(2, inCorner)}${framed(3, rows[2] as Box)}`;

    const { panels, doubts } = findPanels(await rasterOf(page(drawn, [])));

    expect(panels).toHaveLength(2);
    expect(doubts.inset).toBeGreaterThan(0.5);
  });

  describe('a picture in the middle of a panel', () => {
    const middle = { x: 260, y: 500, w: 260, h: 180 };
    const figures = figure(260, 590, 90, 120) + figure(520, 590, 90, 120) + figure(390, 680, 120, 120);
    const picture = (pen: number) =>
      `<clipPath id="m"><rect x="260" y="500" width="260" height="180"/></clipPath><g clip-path="url(#m)"><rect x="260" y="500" width="260" height="180" fill="#fff"/>${figures}</g><rect x="260" y="500" width="260" height="180" fill="none" stroke="#111" stroke-width="${pen}"/>`;
    const doubtOf = async (drawing: string) =>
      findPanels(await rasterOf(page(drawing, rows))).doubts.inset ?? 0;

    test('is a doubt if its frame is that of the panels', async () => {
      const large = framedRows + white('w', rows[1] as Box, '');

      expect(await doubtOf(large + picture(4))).toBeGreaterThan(0.5);
      expect(await doubtOf(large + picture(2))).toBe(0);
    });

    test('is a doubt with such a frame if its rim is white and the ground of the page is not', async () => {
      const onCream = `<rect width="800" height="1200" fill="#d8c898"/>${framedRows}`;

      expect(await doubtOf(onCream + rim(middle) + picture(4))).toBeGreaterThan(0.5);
    });
  });

  test('finds panels without a straight side: ovals, and panels that are turned', async () => {
    const turned = (box: Box, degrees: number) =>
      `<g transform="rotate(${degrees} ${box.x + box.w / 2} ${box.y + box.h / 2})">${art(degrees + 10, box)}</g>`;
    const places = [80, 640].flatMap((y) => [80, 430].map((x): Box => ({ x, y, w: 290, h: 460 })));
    const ovals = places.map(
      ({ x, y, w, h }) =>
        `<ellipse cx="${x + w / 2}" cy="${y + h / 2}" rx="${w / 2}" ry="${h / 2}" fill="#464"/>`,
    );
    for (const drawn of [ovals.join(''), places.map((box, i) => turned(box, i % 2 ? 5 : -6)).join('')]) {
      const { panels } = findPanels(await rasterOf(page(drawn, places)));
      expect(panels).toHaveLength(4);
      for (const place of places) expect(panels.some((panel) => iou(panel, place) > 0.7)).toBe(true);
    }
  });

  test('is unsure about a scene of a strip that has a panel too narrow for a picture', async () => {
    const scene: Box[] = [
      { x: 40, y: 900, w: 652, h: 500 },
      { x: 716, y: 900, w: 44, h: 500 },
    ];
    const other: Box = { x: 40, y: 1700, w: 720, h: 600 };
    const drawn = [...scene, other].map((box, i) => framed(i + 1, box)).join('');
    const { panels, doubts } = findPanels(await rasterOf(page(drawn, scene, { height: 2600 }), 400));
    expect(panels).toHaveLength(3);
    expect(doubts).toMatchObject({ sliver: 0.6 });
  });

  test('is unsure about a panel that is too narrow for a picture', async () => {
    const narrow = framed(4, { x: 40, y: 1180, w: 720, h: 60 });
    const { doubts } = findPanels(
      await rasterOf(page(framedRows + narrow, rows, { width: 800, height: 1280 })),
    );

    expect(doubts.sliver).toBeGreaterThan(0.5);
  });

  test.each(Object.entries(adversarial))('reads %s', async (_, drawn) => {
    const raster = await rasterOf(drawn, 667);
    const scale = drawn.width / 667;

    const { panels: found } = findPanels(raster);
    const inOrder = readingOrder(found, 'ltr', raster).map((i) => found[i]);

    expect(inOrder).toHaveLength(drawn.panels.length);
    for (const [i, panel] of drawn.panels.entries()) {
      const { x, y, w, h } = inOrder[i] as (typeof found)[number];
      expect(iou({ x: x * scale, y: y * scale, w: w * scale, h: h * scale }, panel)).toBeGreaterThan(0.85);
    }
  });

  test('splits a strip at its empty stretches, white and black', async () => {
    const scenes = [
      { x: 0, y: 100, w: 400, h: 500 },
      { x: 0, y: 760, w: 400, h: 300 },
      { x: 0, y: 1500, w: 400, h: 480 },
    ];
    const night = '<rect x="0" y="1200" width="400" height="900" fill="#000"/>';
    const rain = `<path d="${Array.from({ length: 60 }, (_, i) => `M-200 ${i * 40}l800 300`).join('')}" stroke="#333" stroke-width="7"/>`;
    const drawnScene = (b: Box, i: number) =>
      `<clipPath id="s${i}"><rect x="${b.x}" y="${b.y}" width="${b.w}" height="${b.h}"/></clipPath><g clip-path="url(#s${i})">${art(i + 1, b)}${rain}</g>`;
    const strip = page(night + scenes.map(drawnScene).join(''), scenes, {
      width: 400,
      height: 2100,
    });

    const { panels: found } = findPanels(await rasterOf(strip));

    expect(found).toHaveLength(3);
    for (const [i, box] of scenes.entries()) expect(iou(box, found[i] as typeof box)).toBeGreaterThan(0.85);
  });

  test('keeps boxes inside the page', async () => {
    for (const drawn of Object.values(adversarial).slice(0, 4)) {
      const raster = await rasterOf(drawn, 300);
      for (const { x, y, w, h } of findPanels(raster).panels) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + w).toBeLessThanOrEqual(raster.width);
        expect(y + h).toBeLessThanOrEqual(raster.height);
      }
    }
  });
});
