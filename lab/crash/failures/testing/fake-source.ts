import { startFakeMangaDex } from '../../../../fakes/mangadex/mangadex.ts';
import { drawnPage } from '../../drawn-page.ts';

const titleId = '5c1f6c3e-7f0b-4a39-9d58-2f1d6e0a7b11';
const upload = {
  ...{ id: 'b3a4f7d2-0c55-4be1-8a64-91d0c1e2f3a4', language: 'vi', chapter: '1', title: 'Một' },
  groups: [{ id: '0f6b8e9a-3a72-4e0c-b3f5-6d7c8b9a0e1f', name: 'Nhóm dịch mẫu' }],
};

/** The only chapter of the fake MangaDex. */
export const chapterOfSource = `mangadex/${titleId}/1`;

/** Starts a MangaDex with one title of one chapter, and returns the settings to use it. */
export async function startSource() {
  const uploads = [{ ...upload, pages: [await drawnPage(1)] }];
  const title = { id: titleId, title: { vi: 'Ngõ Mây' }, originalLanguage: 'vi', author: 'An', uploads };
  const { faults, settings, stop } = await startFakeMangaDex({ titles: [title] });
  return {
    faults,
    stop,
    settings: {
      ...{ mangadexTitles: [titleId], mangadexContact: 'test@example.org' },
      mangadexRights: 'The test drew the pages itself',
      mangadexUrl: settings.apiUrl,
      mangadexReportUrl: settings.reportUrl,
      mangadexAllowLoopback: true,
    },
  };
}
