import { between, type Chance, pick } from './chance.ts';

const said = {
  vi: [
    'Anh có nghe thấy gì không?',
    'Không, chỉ có tiếng gió thôi.',
    'Chờ một chút, tôi quên mất cái túi ở nhà rồi!',
    'Mấy giờ thì tàu chạy vậy?',
    'Còn mười phút nữa, chúng ta phải nhanh lên.',
    'Sao em lại khóc?',
    'Em không sao đâu, bụi bay vào mắt thôi.',
    'Đừng có nói dối!',
    'Được rồi, được rồi.',
    'Bà ơi, cháu đói quá!',
    'Hôm qua trời mưa suốt cả buổi chiều.',
    'Ai vừa gõ cửa thế nhỉ?',
    'Chắc là người đưa thư.',
    'Thật á?',
    'Cậu giấu quyển sổ ở đâu?',
    'Dưới gốc cây bàng sau trường.',
    'Tuyệt vời!',
    'Đây là lần cuối cùng tôi tin anh.',
    'Xin lỗi, tôi đến muộn.',
    'Hừm...',
    'Thôi chết, hết gạo rồi!',
    'Mẹ bảo phải về trước bữa tối.',
    'Nếu chúng ta đi đường vòng thì sẽ không ai thấy.',
    'Vậy thì đi!',
    'Con mèo của chị chạy lên mái nhà mất rồi.',
    'Ừ, để tôi xem.',
  ],
  en: [
    'Did you hear that noise?',
    'No, it was only the wind.',
    'Wait a moment, I left my bag at home!',
    'When does the train leave?',
    'In ten minutes, so we have to hurry.',
    'Why are you crying?',
    "I'm fine, there is some dust in my eye.",
    "Don't lie to me!",
    'All right, all right.',
    "Grandma, I'm so hungry!",
    'It rained the whole afternoon yesterday.',
    'Who is knocking at the door?',
    'It must be the mailman.',
    'Really?',
    'Where did you hide the notebook?',
    'Under the old tree behind the school.',
    'Wonderful!',
    'This is the last time that I trust you.',
    "Sorry, I'm late.",
    'Hmm...',
    'Oh no, we are out of rice!',
    'Mother told us to be back before dinner.',
    'If we take the long way nobody will see us.',
    "Then let's go!",
    'Your cat has climbed onto the roof.',
    'Yes, let me see.',
  ],
} as const;

const told = {
  vi: [
    'Ba năm sau, ở một ngôi làng nhỏ bên bờ sông.',
    'Sáng hôm ấy, không ai biết chuyện gì sắp xảy ra. Mọi người vẫn đi chợ như thường lệ.',
    'Từ đó về sau, cô bé không bao giờ quay lại ngọn đồi ấy nữa.',
    'Trong lúc đó, ở phía bên kia thành phố, một chiếc xe đang chạy rất chậm.',
  ],
  en: [
    'Three years later, in a small village by the river.',
    'That morning nobody knew what would happen. People went to the market as they always did.',
    'From that day on the girl never went back to that hill.',
    'Meanwhile, on the other side of the city, a car was driving very slowly.',
  ],
} as const;

const written = {
  vi: ['CHỢ HOA', 'LỐI RA', 'CẤM VÀO', 'PHỞ BÒ'],
  en: ['OPEN', 'EXIT', 'NO ENTRY', 'BAKERY'],
} as const;

export type Language = keyof typeof said;

/** Returns `count` different spoken sentences. */
export function speechFor(chance: Chance, language: Language, count: number): string[] {
  const all = said[language];
  const start = between(chance, 0, all.length - 1);
  return Array.from({ length: count }, (_, i) => all[(start + i) % all.length] as string);
}

export const captionFor = (chance: Chance, language: Language): string => pick(chance, told[language]);
export const signFor = (chance: Chance, language: Language): string => pick(chance, written[language]);
