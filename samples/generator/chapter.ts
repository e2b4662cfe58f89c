import type { Page } from './page.ts';
import { chase } from './pages/chase.ts';
import { confession } from './pages/confession.ts';
import { cover } from './pages/cover.ts';
import { home } from './pages/home.ts';
import { kittens } from './pages/kittens.ts';
import { missing } from './pages/missing.ts';
import { stakeout } from './pages/stakeout.ts';

export const chapter = {
  folder: 'ke-trom-o',
  series: 'Ngõ Mây',
  number: 1,
  title: 'Kẻ trộm ô',
  author: 'Nhóm manga-pipeline',
  licence:
    'Creative Commons Attribution 4.0 International (CC BY 4.0), https://creativecommons.org/licenses/by/4.0/',
  summary:
    'Cứ hễ trời mưa là chiếc ô đỏ của Mây lại biến mất. Cô bé quyết bắt quả tang kẻ trộm, và lần theo dấu chân ướt đến tận gốc bàng cuối ngõ.',
  pages: [cover, missing, stakeout, chase, kittens, confession, home] satisfies Page[],
};
