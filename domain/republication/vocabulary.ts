/** A language's phrases for the use of a work, as sources of regular expressions. */
interface Vocabulary {
  /** Words of taking, copying, publishing, selling and of the rights to do so. */
  use: string;
  /** Words that forbid or limit: with one of them neither a permission nor a report is certain. */
  limit: string;
  /** Words that permit, beside a word of use. */
  permit: string;
  /** Words of use in a statement of what happened, `uploaded by …`, which says nothing about others. */
  report: string;
}

/** Latin and Cyrillic words, between characters that are not letters. `*` stands for any ending. */
const words = (list: string) =>
  String.raw`(?<![\p{L}\p{M}])(?:${list.replaceAll('*', String.raw`\p{L}*`)})(?![\p{L}\p{M}])`;

const spaced = ({ use, limit, permit, report }: Vocabulary): Vocabulary => ({
  ...{ use: words(use), limit: words(limit), permit: words(permit), report: words(report) },
});

const english = spaced({
  use: `re-?use[ds]?|circulat*|elsewhere|(?:any|no)where else|use|uses|used (?:in|for|on|without|as|by)|using (?:this|these|our|it|them|my)|usage|cop(?:y|ies|ied|ying)|(?:re-?)?up-?load*|re-?ups?|re-?upped|(?:re-?)?post(?:s|ed|ing)?|(?:re-?)?publish*|(?:re)?publication|(?:re-?)?distribut*|re-?produc(?:e|ed|es|ing|tions?)|re-?print*|mirror*|re-?host*|host(?:ed|ing)|share[ds]?|sharing|sell|selling|sold(?! out)|re-?sale|re-?sell*|re-?sold|steal*|stole*|thie(?:f|ves)|theft|leech*|hot-?link*|stream(?:ed|ing)?|broadcast*|dub(?:bed|bing)?|narrat(?:e|ed|ion)|voice-?overs?|recaps?|videos?(?! ?games?)|youtube*|tik ?tok|rights|permission*|permit*|unauthori[sz]*|authori[sz](?:ed|ation)|licen[cs]*|unlicen[cs]*|copyrighted|copyrights?(?! ?(?:\\d|©|\\(c))|infring*|pirat(?:e|ed|es|ing)|piracy|illegal*|forbid*|prohibit*|banned|disallow*|allow*|non-?commercial*|commercial*|profit*|moneti[sz]*|dmca|take ?downs?|exclusive*(?! (?:cover|variant|edition|print))|hands off|property of|belongs? to|re-?edit*|(?:screen )?record(?:ing|ings)|take (?:it|this|them|our|from)|ask (?:us|me|first|before|permission)|nothing else|members only|(?:reading|viewing|reference|fans?) only|only (?:for|at|on|available)|for [\\p{L} ]{3,40} only|strictly for|delete (?:it|this|them|these|after|within|in|once)|24 ?(?:h|hours?)|agree|train(?:ing)? (?:ai|models?)`,
  limit: `not|no|non|never|nobody|none|nor|neither|cannot|\\p{L}+n't|without|only|except|unless|until|must|stop|ask*|refrain|avoid|forbid*|prohibit*|banned|disallow*|illegal*|unauthori[sz]*|reserved|exclusive*|strictly|permission*|whoever|credit(?:s|ed)? (?:is |are )?(?:required|needed)|theft|thie(?:f|ves)|steal*|stolen`,
  permit: `may|can|free|freely|feel free|welcome|allow(?:ed|s)?|permitted|permits|encouraged|go ahead|fine|okay|ok|happy|anyone|everyone|everybody`,
  report: `(?:up-?loaded|posted|shared|published|re-?published|re-?printed|copied|distributed|hosted|mirrored|sold|narrated|streamed|used)(?: (?:first|originally|online|digitally|weekly|monthly|here|exclusively)){0,2} (?:by|from|in|on|at|as|to|through|via|with|between|since)|(?:publication|publishing|published|upload|uploaded|posted) (?:date|day|year|frequency|order|status|time)|publishers?|publishing|first publication|re-?prints? (?:of )?[\\p{L} .'-]{1,40} #?\\d+|video ?games?|sold out|(?:digital|physical|retail|library|personal|own|my|hard|paper|the|a) cop(?:y|ies)|upload by`,
});

const vietnamese = spaced({
  use: `re-?up*|re-?post*|upload|up (?:lại|lên|ở)|đăng(?! ký)|sao chép|chép lại|phát tán|phát hành|phát sóng|xuất bản|chia sẻ|share|copy|tái bản|in lại|chuyển ver|bản quyền|tác quyền|mọi quyền|quyền (?:sở hữu|tác giả|lợi)|xin phép|cho phép|được phép|trái phép|giấy phép|sự cho phép|sử dụng|(?<!người )dùng|khai thác|video|clip|audio|youtube|tiktok|fanpage|mang|đem|bê|bưng|lấy|ăn cắp|đánh cắp|chôm|cấm|nghiêm cấm|đồng ý|tài sản|thuộc (?:về|quyền)|chỉ (?:dành cho|để|được|có (?:ở|tại|trên)|đọc)|xo[áa] (?:sau|trong|ngay|file)|xóa (?:sau|trong|ngay|file)|24 ?(?:h|giờ|tiếng)|thương mại|kinh doanh|mua bán|buôn bán|trục lợi|lợi nhuận|độc quyền|vi phạm`,
  limit: `không|khong|ko|k|kh|hông|chưa|đừng|dung|chớ|cấm|cam|nghiêm cấm|chỉ|trừ|ngoại trừ|xin phép|xin đừng|phải|trái phép|độc quyền|vi phạm|tôn trọng`,
  permit: `thoải mái|tự do|tự nhiên|được phép|cho phép|được|cứ|miễn phí|hoan nghênh|có thể|ok|ghi nguồn|dẫn nguồn|ghi rõ nguồn`,
  report: `(?:upload|up|đăng|đăng tải|phát hành|xuất bản|chia sẻ|share|copy|sao chép|tái bản|in lại|lấy|dùng|sử dụng)(?: (?:ảnh|bản|raw|nguồn|truyện|lần đầu|lần thứ|lần|lên|tải|gốc|tiếng anh|tiếng nhật|scan|\\d+)){0,3} (?:bởi|tại|ở|trên|ngày|từ|lúc|vào|năm|tháng|bằng|theo)|(?:ngày|người|năm|nơi|đơn vị|nhà|nguồn) (?:đăng|upload|phát hành|xuất bản|chia sẻ|up)`,
});

const french = spaced({
  use: `(?:re)?publi(?:er|é|ée|és|ées|ez|cation)|(?:re)?diffus*|partag*|copi(?:er|é|ée|és|ez)|copies?|reprodui*|reproduction|(?:ré)?utilis*|usage|droits?|autoris*|permission|permis*|licence|interdi*|défen(?:se|du|due)|prohib*|(?:re)?vend(?:re|u|ue|us|ez)|(?:re)?vente|commercia*|reprendre|repris(?:e|es)?|vidéos?|(?:mettre|mise?s?|remettre|mettez) en ligne|télévers*|upload*|re-?upload*|re-?post*|héberg*|propriété|supprimer|supprimez|réservée?s? (?:à|aux)|uniquement (?:pour|sur)|usage (?:privé|personnel)|24 ?(?:h|heures)|lucratif|voler|volé(?:e|s|es)?|volez|pirat*|exploit(?:er|ation)`,
  limit: `ne|n'\\p{L}*|pas|jamais|sans|sauf|hormis|interdi*|prière|merci|seulement|uniquement|exclusiv*|défense|réserv*|aucun*|ni|svp|veuillez|prohib*|strictement|demand*`,
  permit: `libre|libres|librement|pouvez|peut|peuvent|peux|autorisée?s?|permise?s?|gratuit*|bienvenu*`,
  report: `(?:publi|diffus|partag|copi|upload|utilis|héberg)ée?s?(?: (?:initialement|pour la première fois))? (?:par|en|dans|chez|sur|le|depuis|à|entre|avec|au|aux)|mise?s? en ligne (?:par|le|sur|en)|(?:date|année|mois) de (?:publication|diffusion|parution)|maison d'édition`,
});

const spanish = spaced({
  use: `usar|usen|uses|usad[oa]s?|usando|uso|utili[zc]*|copi(?:ar|es|e|en|ad[oa]s?|a)|compart*|(?:re)?publi(?:car|que|quen|ques|cad[oa]s?|cación)|re-?sub(?:ir|an|as|id[oa]s?|a)|sub(?:ir|an|as|id[oa]s?)|re-?upload*|re-?post*|reprodu*|distribu*|redistribu*|difun*|derechos?|permis[oa]s?|permit*|autoriz*|licencia*|prohib*|(?:re)?vend(?:er|a|an|id[oa]s?)|(?:re)?venta|comerci*|lucr*|propiedad|pertenece*|eliminar|borrar|bórr*|s[oó]lo (?:para|en)|uso (?:personal|privado)|24 ?(?:h|horas)|robar|roben|robes|robad[oa]s?|vídeos?`,
  limit: `no|nunca|jamás|sin|salvo|excepto|solo|sólo|solamente|únicamente|exclusiv*|prohib*|reservad[oa]s|tampoco|ni|ningun[oa]?|ningún|favor|evit*|abstén*|abst[eé]ng*|pid*|deb(?:e|es|en)`,
  permit: `libre|libres|libremente|pued(?:e|es|en)|podéis|permitid[oa]s?|autorizad[oa]s?|gratis|bienvenid[oa]s?`,
  report: `(?:publicad|subid|compartid|copiad|distribuid|difundid|usad)[oa]s?(?: (?:originalmente|inicialmente))? (?:por|en|de|desde|el|a|con|entre|durante)|(?:fecha|año) de (?:publicación|subida|lanzamiento)`,
});

const portuguese = spaced({
  use: `usar|usem|usad[oa]s?|usando|uso|utiliz*|copi(?:ar|e|em|ad[oa]s?|a)|compartilh*|partilh*|(?:re)?public(?:ar|ad[oa]s?|ação|uem)|publique*|(?:re-?)?post(?:ar|em|e|ad[oa]s?|agem)|redistribu*|distribu*|reprodu*|divulg*|direitos?|permit*|permiss*|autoriz*|licen(?:ça|ças|ciad[oa])|proib*|(?:re)?vend(?:er|a|am|as|id[oa]s?)|comerci*|lucr*|propriedade|pertence*|apag(?:ar|ue|uem)|delet(?:ar|e|em)|(?:só|somente|apenas) (?:para|em|no)|24 ?(?:h|horas)|roub*|vídeos?|re-?envi*|upar|upem|re-?up*`,
  limit: `não|nao|nunca|jamais|sem|exceto|salvo|só|somente|apenas|exclusiv*|proib*|reservad[oa]s|nem|nenhum[a]?|favor|evit*|peç*|dev(?:e|em)`,
  permit: `livre|livres|livremente|pode[m]?|podes|permitid[oa]s?|autorizad[oa]s?|vontade|liberad[oa]s?|bem-vind[oa]s?`,
  report: `(?:publicad|postad|compartilhad|partilhad|copiad|distribuíd|enviad|usad|upad)[oa]s?(?: originalmente)? (?:por|em|no|na|de|do|da|pelo|pela|a|com|entre)|data de (?:publicação|postagem|lançamento|envio)`,
});

const italian = spaced({
  use: `usare|usate|usat[oaie]|usando|uso|(?:ri)?utilizz*|copiare|copiat[oaie]|copi(?:a|e)|condivi*|(?:ri)?pubblic*|ricaric*|caric(?:are|at[oaie])|riprodu*|riprodott[oaie]|ri-?post*|re-?upload*|(?:ri)?distribu*|diffonde*|diffusione|diritti|permess[oaie]|permett*|autorizz*|licenza|vieta*|divieto|proibi*|(?:ri)?vend(?:ere|et[ea]|ut[oaie]|ita)|commerci*|lucro|proprietà|appartien*|cancella(?:re|te)|elimina(?:re|te)|solo (?:per|su)|24 ?(?:h|ore)|rubare|rubate|video`,
  limit: `non|mai|senza|salvo|tranne|eccetto|solo|soltanto|esclusiv*|vieta*|divieto|proibi*|riservat[oi]|né|nessun[oa]?|prega|favore|evit*|chied*`,
  permit: `liber[oaie]|liberamente|potete|puoi|può|possono|permess[oaie]|autorizzat[oaie]|gratis|benvenut[oi]`,
  report: `(?:pubblicat|condivis|copiat|caricat|distribuit|usat)[oaie](?: (?:originariamente|inizialmente))? (?:da|dal|dalla|dallo|su|in|nel|nella|il|a|con|tra)|data di (?:pubblicazione|uscita|caricamento)`,
});

const german = spaced({
  use: `verwend*|nutzen|nutzt|nutzung|genutzt|benutz(?:en|t|ung)|kopier*|kopien?|hochladen|hochgeladen|hochzuladen|lade* hoch|teil(?:en|t)|geteilt|weiterverbreit*|verbreit*|vervielfältig*|veröffentlich*|wiederveröffentlich*|weiterg[ea]b*|weitergegeben|abdruck*|nachdruck*|rechte|urheberrecht*|erlaub*|genehmig*|gestatte*|zustimmung|lizen[zs]*|verbot*|verbiete*|untersag*|verkauf*|kommerziell*|eigentum|gehör(?:t|en)|löschen|gelöscht|nur (?:für|auf|zum|zur)|privatgebrauch|24 ?(?:h|stunden)|klauen|geklaut|videos?|uploads?|re-?upload*|re-?post*`,
  limit: `nicht|kein*|nie|niemals|ohne|nur|außer|verbot*|verbiete*|untersag*|vorbehalten|bitte|weder|lasst|unterlass*|ausschließlich`,
  permit: `darf|dürf*|frei|erlaubt|gestattet|gern|gerne|könn*|kann|willkommen`,
  report: `(?:veröffentlicht|hochgeladen|geteilt|kopiert|verbreitet|verwendet|genutzt)(?: (?:wurde|wird))? (?:von|vom|am|bei|auf|in|aus|im|mit|ab|zwischen|durch)|(?:erst)?veröffentlichung(?:sdatum|sjahr)?(?= ?:| \\d|$)|verwendete software`,
});

const indonesian = spaced({
  use: `menggunakan|mempergunakan|gunakan|digunakan|penggunaan|pakai|memakai|dipakai|salin*|menyalin|disalin|menyebar*|sebar*|disebar*|bagikan|membagikan|dibagikan|berbagi|unggah|mengunggah|diunggah|upload|di-?upload|re-?upload|posting|memposting|diposting|re-?post|publikasi*|mempublikasikan|dipublikasikan|menerbitkan|diterbitkan|hak (?:cipta|milik|penerbitan)|izin|ijin|seizin|seijin|diizinkan|mengizinkan|lisensi|larang*|dilarang|menjual|dijual|diperjualbelikan|jual|komersial|milik|hapus|dihapus|hanya (?:untuk|di|boleh)|24 ?jam|curi|mencuri|dicuri|memperbanyak|digandakan|video|ambil|mengambil|diambil`,
  limit: `tidak|tak|jangan|tanpa|dilarang|larang*|kecuali|hanya|bukan|mohon|harap|belum|dilindungi|tolong|wajib|harus`,
  permit: `boleh|silakan|silahkan|bebas|diizinkan|diperbolehkan|dipersilakan|gratis`,
  report: `(?:diunggah|diterbitkan|dibagikan|diposting|disalin|dipublikasikan|di-?upload|diambil|upload|posting)(?: (?:pertama|kali|ulang)){0,2} (?:oleh|di|pada|dari|tanggal|tahun|dengan)|(?:tanggal|tahun) (?:terbit|unggah|upload|rilis)`,
});

const russian = spaced({
  use: `копир*|скопир*|распростран*|перезал*|залива*|публик*|опублик*|выклад*|выложен*|использ*|воспроизв*|прав|права|разреш*|запрещ*|запрет*|лиценз*|прода(?:жа|жи|вать|ётся|ется|ж)|видео|удали*|только (?:для|на)|24 ?(?:ч|часов|часа)|репост*|коммерч*|краст*|ворова*`,
  limit: `не|нельзя|без|запрещ*|запрет*|только|кроме|нет|никогда|пожалуйста|защищен*|просьба|просим`,
  permit: `можно|можете|свободно|разрешен*|разрешается|разрешено|пожалуйста`,
  report: `(?:опубликован|выложен|скопирован|использован)*(?:о|а|ы)? (?:в|на|из|с)|дата публикации`,
});

/** Prohibitions and rights in further languages, whose permissions are not read. */
const others: Vocabulary = {
  use: `ห้าม|ลิขสิทธิ์|สงวน|อนุญาต|ممنوع|يمنع|حقوق|محفوظة|${words('zakaz*|zabron*|zabrania|praw|prawa|prawem|kopiowa*|udostępni*|yasak*|izinsiz*|hakları|hakkı|telif*|paylaş*|kopyala*')}`,
  limit: `ห้าม|ไม่|ممنوع|يمنع|${words('nie|zakaz*|zabron*|bez|yasak*|izinsiz*')}`,
  permit: '(?!)',
  report: '(?!)',
};

const japanese: Vocabulary = {
  use: '転載|複製|無断|使用|利用|引用|転用|流用|アップロード|再配布|配布|公開|投稿|共有|シェア|コピー|著作権|権利|許可|許諾|禁止|禁じ|厳禁|お断り|動画|配信|商用|販売|転売|盗用|改変|二次創作|YouTube|削除|24 ?時間|個人(?:的|で|利用|使用|観賞|鑑賞)|私的|のみ',
  limit: `禁|不可|ない|なし|ません|無断|だけ|のみ|お断り|遠慮|控え|以外|ご連絡|許可なく|無しに|やめ|ダメ|だめ|${words('NG')}|厳守|限る|限り|転売|盗用|ください|下さい`,
  permit: '自由|フリー|可(?![能愛哀])|歓迎|どうぞ|許可します|大丈夫|ご利用いただけ',
  report:
    '使用(?:ソフト|機材|ペン|フォント|ツール)|(?:公開|投稿|配信|配布|販売)(?:日|者|元|先|中|開始|時)|(?:より|から)(?:引用|転載|コピー)|(?:で|に|にて|を|から)(?:公開|投稿|配信|配布|販売)(?!し(?:て|な))|初公開',
};

const chinese: Vocabulary = {
  use: '转载|轉載|二传|二傳|上传|上傳|传播|傳播|搬运|搬運|转发|轉發|分享|复制|複製|拷贝|拷貝|使用|用于|用於|用作|盗|盜|版权|版權|著作[权權]|[权權]利|[权權]益|授[权權]|许可|許可|允许|允許|同意|禁止|[严嚴]禁|禁[转轉二搬商]|[谢謝][绝絕]|商用|商业|商業|[贩販][卖賣]|出售|倒[卖賣]|售[卖賣]|牟利|盈利|[视視][频頻]|影片|改编|改編|录制|錄製|转录|直播|[删刪]除|24 ?小[时時]|[仅僅]供|[仅僅]限|只[供限]|个人|個人|发布|發布|發佈',
  limit:
    '不|勿|禁|[谢謝][绝絕]|[严嚴]|未[经經得]|没有|沒有|[仅僅]|只|除|别|別|莫|盗|盜|[违違]|必[须須]|保留|所有|侵|[请請](?!随|隨|自由)',
  permit: '可以|可(?![爱愛能])|[欢歡]迎|自由|随意|隨意|允许|允許|任意|[随隨]便',
  report:
    '(?:上[传傳]|[发發][布佈]|[转轉][载載]|分享|更新)(?:者|人|于|於|自|[时時][间間]|日期|[来來]源|由|[:：])|由.{1,20}(?:上[传傳]|[发發][布佈]|分享|[转轉][载載])|使用[软軟]件',
};

const korean: Vocabulary = {
  use: '전재|복제|배포|도용|업로드|불펌|퍼가|퍼 가|공유|재업|사용|이용|게시|게재|저작권|권리|허가|허락|동의|금지|유튜브|영상|상업|판매|복사|캡처|캡쳐|녹화|무단|펌 ?금|삭제|24 ?시간|개인|소장용|용도|목적|만 (?:보|읽|감상)',
  limit:
    '금지|불가|마세|말아|마시|마십|말 ?것|말라|안 |않|없이|무단|불펌|만 (?:가능|허용)|삼가|자제|제외|금합|금함|못|절대|부탁|처벌|있습니다$',
  permit: '자유|가능|허용|환영|괜찮|해도 (?:됩|돼|되|좋)|하셔도',
  report:
    '(?:업로드|게시|게재|배포|공유|판매|사용)(?:일|자|처|한|된|됨|됐|되었|했| ?날짜|프로그램)|사용 ?(?:툴|프로그램|폰트|도구)',
};

/**
 * Words by which a person speaks to the readers: for themselves, to them, or with a request. Programs, technical data and credits have none.
 * The Roman numeral I and the country US are not among them.
 */
const personal = [
  words(
    `we|we're|we've|our|ours|ourselves|you(?!-)|your|yours|my|i'm|i've|i (?:did|made|have|ask|want|own)|(?:ask|contact|tell|join|support|follow|from|of|with) us|let us|please|pl[sz]|kindly|keep|leave|readers are`,
  ),
  words(
    `hãy|xin(?! (?:lỗi|chào|cảm ơn|cám ơn))|vui lòng|mong|(?:của|cho) (?:nhóm|team)(?= {0,3}(?:[.!?,;…]|$))|(?:của )?nhóm (?:mình|tớ|mong|xin|sẽ)|chúng (?:tôi|mình|tớ)|bọn (?:mình|tớ)|mọi người|các bạn|bạn đọc|độc giả|dành riêng|tôn trọng|kiếm tiền|nhé|nha`,
  ),
  words(`nous|notre|nos|vous|votre|vos|veuillez|s'il te plaît|svp`),
  words(`nosotr[oa]s|nuestr[oa]s?|vuestr[oa]s?|ustedes|por favor|rogamos|pedimos|noss[oa]s?|vocês?`),
  words(`noi|nostr[oaie]|voi|vostr[oaie]|per favore|preghiamo|wir|uns|unser*|bitte|euch|eure*`),
  words(`kami|kita|kalian|mohon|tolong|harap|мы|нас|наш*|вы|вас|ваш*|пожалуйста|просим|просьба`),
  '当サイト|当方|私たち|皆(?:様|さん)|ください|下さい|お願い|我们|我們|本[组組站]|大家|您|请|請|拜[托託]|저희|우리|여러분|주세요|바랍니다|부탁',
].join('|');

/** Thanks, wishes and greetings, which ask for nothing. */
const courtesies = [
  words(
    String.raw`(?:many )?thank(?:s| you)(?: (?:so|very) much)?(?: to)?(?: (?:all of |our |my )?\p{L}+)? for [^.!?,;]{0,80}|thank(?:s| you)[^.!?,;]{0,80}|(?:we |i )?hope you (?:enjoy|like)[^.!?,;]{0,80}|enjoy[^.!?,;]{0,80}|happy [^.!?,;]{0,80}|see you [^.!?,;]{0,80}`,
  ),
  words(
    `(?:xin )?(?:cảm|cám) ơn[^.!?,;]{0,80}|chúc [^.!?,;]{0,80}|mong (?:mọi người|các bạn|bạn đọc|độc giả) (?:thích|ủng hộ)[^.!?,;]{0,80}|hẹn gặp[^.!?,;]{0,80}`,
  ),
  words(
    `merci (?:à|pour|d'avoir|beaucoup)[^.!?,;]{0,80}|bonne lecture[^.!?,;]{0,80}|gracias[^.!?,;]{0,80}|obrigad[oa][^.!?,;]{0,80}|boa leitura[^.!?,;]{0,80}`,
  ),
  words(
    `grazie[^.!?,;]{0,80}|buona lettura[^.!?,;]{0,80}|danke[^.!?,;]{0,80}|viel spaß[^.!?,;]{0,80}|terima kasih[^.!?,;]{0,80}|selamat [^.!?,;]{0,80}|спасибо[^.!?,;]{0,80}`,
  ),
  '[^。！]*ありがとう[^。！]*|お楽しみください|[谢謝][谢謝][^。！，]*|敬[请請]期待|感[谢謝][^。！，]*|감사합니다|고맙습니다|즐겁게 (?:봐|감상해) ?주세요',
].join('|');

const all = [
  ...[english, vietnamese, french, spanish, portuguese, italian, german, indonesian, russian],
  ...[others, japanese, chinese, korean],
];

const anyOf = (kind: keyof Vocabulary, flags: string) =>
  new RegExp(all.map((language) => language[kind]).join('|'), flags);

const patterns = () => ({
  /** Words of use in the languages of comic notes; matches every one of a sentence. */
  use: anyOf('use', 'giu'),
  limits: anyOf('limit', 'iu'),
  permission: anyOf('permit', 'iu'),
  /** Statements of what happened, with their words of use. */
  reports: anyOf('report', 'giu'),
  /** A person's words to the readers, without courtesies. */
  toReaders: new RegExp(personal, 'iu'),
  courtesy: new RegExp(courtesies, 'giu'),
});

let made: ReturnType<typeof patterns> | undefined;

/** Returns the patterns, made when a note is first read: they take 12 ms, and most chapters have no note. */
export function vocabulary(): ReturnType<typeof patterns> {
  made ??= patterns();
  return made;
}
