import { type Chance, pick } from './chance.ts';
import type { Language } from './sentences.ts';

/** Words on objects and of narrators, by their place; line breaks are intended. */
const words = {
  plates: {
    vi: [
      'PHÒNG 203',
      'GIÁM ĐỐC',
      'LỚP 6A',
      'THƯ VIỆN',
      'Bác sĩ Hoàng',
      'NHÀ 17',
      'TẦNG 4',
      'Bếp',
      'KHO SỐ 2',
    ],
    en: [
      'ROOM 203',
      'DIRECTOR',
      'CLASS 6A',
      'LIBRARY',
      'Dr. Holland',
      'NO. 17',
      'FLOOR 4',
      'Kitchen',
      'STORE 2',
    ],
  },
  posters: {
    vi: [
      'HỘI CHỢ\nMÙA XUÂN',
      'BÁN NHÀ\nGIÁ RẺ',
      'TRUY NÃ\nHẢI RÂU',
      'ĐÊM NHẠC\nTHÁNG 8\nSÂN ĐÌNH',
      'MÈO LẠC\nTÊN MIU',
      'GIẢM GIÁ\n50%',
    ],
    en: [
      'SPRING\nMARKET',
      'HOUSE\nFOR SALE',
      'WANTED\nBLACK BILL',
      'MUSIC NIGHT\nAUGUST\nTOWN HALL',
      'LOST CAT\nTOMMY',
      'SALE\n50%',
    ],
  },
  neon: {
    vi: ['KARAOKE', 'Cà phê', 'Mở cửa', 'PHỞ 24', 'Khách sạn', 'Nhà nghỉ Sao Mai', 'HÁT CHO NHAU'],
    en: ['KARAOKE', 'Coffee', 'Open late', 'DINER 24', 'Hotel', 'Morning Star Inn', 'LIVE MUSIC'],
  },
  titles: {
    vi: [
      'Lịch sử\nthế giới',
      'TOÁN 9',
      'Nấu ăn\nmỗi ngày',
      'Truyện cổ\nAndersen',
      'Sổ tay\nthợ mộc',
      'Rừng đêm',
      'Bản đồ\nđại dương',
    ],
    en: [
      'History of\nthe World',
      'MATHS 9',
      'Daily\nCooking',
      'Tales of\nAndersen',
      'Carpentry\nHandbook',
      'Night Forest',
      'Atlas of\nthe Oceans',
    ],
  },
  lists: {
    vi: ['Sữa\nTrứng\nBánh mì', 'Thứ hai\n8 giờ họp', 'Tiền điện\nTiền nước', 'Gạo 5 kg', 'Chìa khoá\nkho'],
    en: [
      'Milk\nEggs\nBread',
      'Monday\nmeeting at 8',
      'Power bill\nWater bill',
      'Rice 5 kg',
      'Keys\nstorehouse',
    ],
  },
  short: {
    vi: [
      'Ba năm sau',
      'Tối hôm đó',
      'Trong khi đó',
      'Sáng hôm sau...',
      'Cùng lúc ấy, ở nhà bà',
      'Một tuần trôi qua',
      'Ở làng bên',
      'Thủ đô, mùa đông năm ấy',
    ],
    en: [
      'Three years later',
      'That night',
      'Meanwhile',
      'The next morning...',
      'At the same time, at home',
      'A week went by',
      'In the next village',
      'The capital, that winter',
    ],
  },
  status: {
    vi: [
      'Lv. 12\nHP 100/100\nMP 35/80\nSức mạnh 45',
      'TÊN: HOÀNG\nNGHỀ: KIẾM SĨ\nCẤP: 7',
      'Nhiệm vụ mới\nTìm ba quả trứng rồng\nThưởng: 500 vàng',
      'Bạn đã lên cấp!\nCấp 8 -> 9\nĐiểm kỹ năng +3',
      'Hệ thống\nBạn đã nhận được một thanh kiếm cũ và một tấm bản đồ rách',
      'Kỹ năng: Chạy nhanh\nHạng: B\nHồi chiêu: 30 giây',
      'Cảnh báo\nKhông đủ năng lượng để mở cánh cổng này',
    ],
    en: [
      'Lv. 12\nHP 100/100\nMP 35/80\nStrength 45',
      'NAME: HOLLAND\nCLASS: KNIGHT\nLEVEL: 7',
      'New quest\nFind three dragon eggs\nReward: 500 gold',
      'Level up!\nLevel 8 -> 9\nSkill points +3',
      'System\nYou have received an old sword and a map that is torn',
      'Skill: Quick run\nRank: B\nPause: 30 seconds',
      'Warning\nThere is not enough energy to open this gate',
    ],
  },
  cries: {
    vi: [
      'Chạy đi!',
      'Không thể nào!',
      'Cứu tôi với!',
      'Đừng mà!',
      'Bắt lấy nó!',
      'Cẩn thận đấy!',
      'Thả tôi ra',
    ],
    en: [
      'Run away!',
      'That cannot be!',
      'Help me, please!',
      'Stop it!',
      'Catch him now!',
      'Be careful!',
      'Let me go',
    ],
  },
  whispers: {
    vi: [
      'Chắc là không sao đâu nhỉ?',
      'đói quá...',
      'mình có nên về không',
      'Ngại ghê...',
      'Sao lại là tôi',
      'nói khẽ thôi',
    ],
    en: [
      'I guess it will be fine?',
      'so hungry...',
      'should I go home now',
      'How awkward...',
      'why is it always me',
      'keep your voice down',
    ],
  },
} as const;

const from = (kind: keyof typeof words) => (chance: Chance, language: Language) =>
  pick<string>(chance, words[kind][language]);

export const plateFor = from('plates');
export const posterFor = from('posters');
export const neonFor = from('neon');
export const titleFor = from('titles');
export const listFor = from('lists');
export const shortCaptionFor = from('short');
export const statusFor = from('status');
export const cryFor = from('cries');
export const whisperFor = from('whispers');
