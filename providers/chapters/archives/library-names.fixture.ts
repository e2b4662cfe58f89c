import type { Encode } from './encode.fixture.ts';

/** The names of an archive's files, and their bytes. */
interface NamedArchive {
  names: string[];
  bytes: Uint8Array[];
}

interface Library {
  /** Code pages that archives in the language are made with. */
  codePages: readonly string[];
  /** Draws archives by chance, always the same ones. */
  archives(encode: Encode, count: number): Iterable<NamedArchive>;
}

function dice() {
  let state = 99;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** @param titles titles of series, `chapters` and `pages` with `#` for a number, each divided by `|` */
function library(codePages: readonly string[], titles: string, chapters: string, pages: string): Library {
  const [allTitles, allChapters, allPages] = [titles, chapters, pages].map((list) => list.split('|'));
  return {
    codePages,
    *archives(encode, count) {
      const below = dice();
      const oneOf = (list: readonly string[] = []) => list[below(list.length)] ?? '';
      const numbered = (name: string, number: number) =>
        name.replaceAll('#', String(number).padStart(below(2) ? 3 : 1, '0'));
      let made = 0;
      while (made < count) {
        const title = oneOf(allTitles);
        const chapter = numbered(oneOf(allChapters), 1 + below(60));
        const path = oneOf([
          `${title} ${chapter}/@.jpg`,
          `${title}/${chapter}/@.png`,
          `${chapter}/@.jpg`,
          '@.jpg',
          `[Group] ${title} - ${chapter} - @.webp`,
        ]);
        const names = Array.from({ length: 1 + below(12) }, (_, i) =>
          path.replace('@', numbered(oneOf(allPages), i + 1)),
        );
        const bytes = names.flatMap((name) => encode(name) ?? []);
        const isOdd = names.some((name) => /[^ -~]/.test(name));
        if (!isOdd || bytes.length < names.length) continue;
        made += 1;
        yield { names, bytes };
      }
    },
  };
}

/** Series, chapters and pages as libraries name them, by language. */
export const librariesOf: Readonly<Record<string, Library>> = {
  Japanese: library(
    ['shift_jis', 'euc-jp'],
    'ワンピース|名探偵コナン|東京喰種|呪術廻戦|約束のネバーランド|銀魂|夏目友人帳|るろうに剣心|葬送のフリーレン|聖☆おにいさん|日常|はたらく細胞|化物語',
    '第#話|第#巻|#話|第#章|ページ#|エピソード #',
    '#|表紙|ページ#|カラー#|おまけ|p#|裏表紙|目次|奥付|登場人物',
  ),
  'Japanese in half-width katakana': library(
    ['shift_jis'],
    'ﾅﾙﾄ|ﾌﾞﾘｰﾁ|ｷﾝｸﾞﾀﾞﾑ|ﾍﾞﾙｾﾙｸ|ｺﾅﾝ|ｶｳﾎﾞｰｲﾋﾞﾊﾞｯﾌﾟ|ﾎﾟｹｯﾄﾓﾝｽﾀｰ|ｾｰﾗｰﾑｰﾝ|ﾓﾝｽﾀｰ|ﾁｪﾝｿｰﾏﾝ|ﾍﾙｼﾝｸﾞ',
    '第#話|ﾁｬﾌﾟﾀｰ#|第#巻|#|ｴﾋﾟｿｰﾄﾞ#',
    'ﾍﾟｰｼﾞ#|#|ｶﾗｰ#|ﾋｮｳｼ|ﾓｸｼﾞ|ｵﾏｹ#',
  ),
  'Chinese in simplified characters': library(
    ['gbk'],
    '斗破苍穹|海贼王|狐妖小红娘|全职高手|妖神记|进击的巨人|咒术回战|元尊|我的英雄学院|银魂|犬夜叉|非人哉|大王饶命|秦时明月',
    '第#话|第#卷|第#章|第#集|番外#|#话',
    '#|封面|第#页|彩页#|p#|目录|扉页|后记|封底|广告|简介',
  ),
  'Chinese in traditional characters': library(
    ['big5'],
    '航海王|進擊的巨人|咒術迴戰|七龍珠|排球少年|神奇寶貝|我的英雄學院|遊戲王|死亡筆記本|城市獵人|犬夜叉|蠟筆小新|龍狼傳',
    '第#話|第#卷|第#集|第#回|番外#',
    '#|封面|第#頁|彩頁#|p#|扉頁|後記|封底|版權',
  ),
  Korean: library(
    ['euc-kr'],
    '신의 탑|갓 오브 하이스쿨|연애혁명|마음의 소리|원피스|귀멸의 칼날|주술회전|유미의 세포들|이태원 클라쓰|스위트홈|헬퍼|열렙전사',
    '#화|제#화|#권|제#장|시즌#',
    '#|표지|페이지#|p#|컬러#|목차|뒤표지|후기|속표지',
  ),
  Russian: library(
    ['koi8-r', 'windows-1251', 'ibm866'],
    'Атака титанов|Клинок, рассекающий демонов|Стальной алхимик|Хеллсинг|Магическая битва|Башня Бога|Убийца гоблинов|Человек-бензопила|Чёрный клевер|Созданный в Бездне|Майор Гром|Бесобой',
    'Глава #|Том #|том #|глава #|Том # Глава #|Выпуск #',
    '#|обложка|Обложка|стр #|Страница #|стр#|титул|Оглавление|Разворот #',
  ),
  Ukrainian: library(
    ['koi8-u', 'windows-1251'],
    'Зошит смерті|Сталевий алхімік|Магічна битва|Даогопак|Підняття рівня наодинці|Залізна легенда',
    'Розділ #|Том #|розділ #|Випуск #',
    '#|обкладинка|Сторінка #|стор #',
  ),
  Polish: library(
    ['windows-1250', 'cp852'],
    "Miecz zabójcy demonów|Ścieżki młodości|Żółtodziób|Tytus, Romek i A'Tomek – Księga|Służąca przewodnicząca|Opowieść panny młodej|Zakochana złośnica|Ślepowidzenie",
    'Rozdział #|Tom #|rozdział #|Część #|Zeszyt #',
    '#|okładka|strona #|Okładka|str#|spis treści|tylna okładka|przód',
  ),
  Czech: library(
    ['windows-1250', 'cp852'],
    'Zápisník smrti|Rychlé šípy|Mistr nožů a meče|Příběhy z lesa|Tokijský ghúl|Šílený pes|Modrý exorcista – díl zvláštní',
    'Kapitola #|Díl #|Sešit #|Část #|Svazek #',
    '#|obálka|Obálka|strana #|stránka #|titulní list|zadní strana|předsádka',
  ),
  Hungarian: library(
    ['windows-1250', 'cp852'],
    'Démonölő|Az őrzők háborúja|Tündérmese|Gyűrűk harca|Csillagközi kutatók',
    '# fejezet|Fejezet #|Kötet #|Rész #',
    '#|borító|Borító|oldal #',
  ),
  French: library(
    ['windows-1252', 'cp850', 'cp437'],
    "Les Légendaires|Spirou à Moscou|Yoko Tsuno – La Forge de Vulcain à la frontière|Blacksad – Âme rouge|Valérian – Les Héros de l'équinoxe|Le Château des étoiles|Tintin – L'Étoile mystérieuse",
    'Chapitre #|Tome #|Épisode #|Numéro #|chapitre #',
    '#|couverture arrière é|page #|Préface|dos détaché|quatrième|dédicace|arrière',
  ),
  Spanish: library(
    ['windows-1252', 'cp850', 'cp437'],
    'Mortadelo y Filemón|El capitán Trueno|Canción de hielo|Dragón Ball|Mafalda – Años|Corazón de león',
    'Capítulo #|Episodio #|Número #|capítulo #',
    '#|portada española|página #|Página #|índice|contraportada única|créditos',
  ),
  German: library(
    ['windows-1252', 'cp850', 'cp437'],
    'Mädchen für alles|Lustiges Taschenbuch – Der große Käse|Die Schlümpfe|Über den Wolken|Grüße aus Köln',
    'Kapitel #|Band #|Bände #|Heft #',
    '#|Rückseite|Seite #|Titel groß|Umschlag|Übersicht|Widmung für|Rückumschlag',
  ),
  Portuguese: library(
    ['windows-1252', 'cp850'],
    'Ataque dos Titãs|Coração de Dragão|Chico Bento – A viagem à Amazônia|Lições de amor|Capitão Fantástico',
    'Capítulo #|Edição #|Volume #|capítulo #',
    '#|capa da edição|página #|contracapa ã',
  ),
  Thai: library(
    ['windows-874'],
    'วันพีซ|มหาเวทย์ผนึกมาร|โคนัน ยอดนักสืบ|โดราเอมอน|มหาสนุก|สแลมดังก์|หอคอยเทพเจ้า|บลีช เทพมรณะ|ฮันเตอร์ เอ็กซ์ ฮันเตอร์|ก้านกล้วย',
    'ตอนที่ #|บทที่ #|เล่ม #|เล่มที่ #|ตอน #',
    '#|ปก|หน้า #|ปกหลัง|หน้า#|สารบัญ|คำนำ|ภาพสี #',
  ),
  Vietnamese: library(
    ['windows-1258'],
    'Thanh gươm diệt quỷ|Thần đồng đất Việt|Học viện siêu anh hùng|Hiệp sĩ giấy|Long thần tướng|Đảo hải tặc|Vua trò chơi|Người đẹp và quái vật|Thợ săn tí hon',
    'Chương #|Tập #|Hồi #|chương #|Quyển #|Chap #',
    '#|bìa|trang #|Trang #|bìa sau|mục lục|phụ lục|giới thiệu',
  ),
  Greek: library(
    ['windows-1253'],
    'Σημειωματάριο θανάτου|Δράκος|Το ταξίδι των μάγων|Μαύρη Ακαδημία',
    'Κεφάλαιο #|Τόμος #|Τεύχος #',
    '#|εξώφυλλο|σελίδα #',
  ),
  Turkish: library(
    ['windows-1254'],
    'Ölüm Defteri|Şahmaran|Büyülü Dövüş|Kötü Kedi Şerafettin|Göğün Ağıdı',
    'Bölüm #|Cilt #|Sayı #',
    '#|kapak ön yüzü|sayfa # ışık',
  ),
};
