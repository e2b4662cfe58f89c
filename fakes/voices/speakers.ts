/** Speakers of the fake services, in the form of their lists: Azure's elements have the languages and styles, Edge's do not. */
interface FakeSpeaker {
  ShortName: string;
  Gender: string;
  Locale: string;
  languages?: string[];
  styles?: string[];
}

const speakers: FakeSpeaker[] = [
  { ShortName: 'vi-VN-HoaiMyNeural', Gender: 'Female', Locale: 'vi-VN' },
  { ShortName: 'vi-VN-NamMinhNeural', Gender: 'Male', Locale: 'vi-VN' },
  {
    ShortName: 'en-US-AvaMultilingualNeural',
    Gender: 'Female',
    Locale: 'en-US',
    languages: ['vi-VN', 'fr-FR'],
  },
  {
    ...{ ShortName: 'en-US-AndrewMultilingualNeural', Gender: 'Male', Locale: 'en-US', languages: ['vi-VN'] },
    styles: ['empathetic', 'sad'],
  },
  { ShortName: 'en-US-JennyMultilingualNeural', Gender: 'Female', Locale: 'en-US', languages: ['fr-FR'] },
  { ShortName: 'en-US-GuyNeural', Gender: 'Male', Locale: 'en-US' },
];

export const edgeList = speakers.map(({ ShortName, Gender, Locale }) => ({
  ...{ ShortName, Gender, Locale },
  Name: `Microsoft Server Speech Text to Speech Voice (${Locale}, ${ShortName.slice(6)})`,
  SuggestedCodec: 'audio-24khz-48kbitrate-mono-mp3',
  FriendlyName: `Microsoft ${ShortName.slice(6)} Online (Natural) - ${Locale}`,
  Status: 'GA',
  VoiceTag: { ContentCategories: ['General'], VoicePersonalities: ['Friendly', 'Positive'] },
}));

export const azureList = speakers.map(({ ShortName, Gender, Locale, languages, styles }) => ({
  ...{ ShortName, Gender, Locale, DisplayName: ShortName.slice(6), SampleRateHertz: '24000' },
  ...{ VoiceType: 'Neural', Status: 'GA' },
  ...(languages && { SecondaryLocaleList: languages }),
  ...(styles && { StyleList: styles }),
}));

/** Whether a service has a speaker. */
export const isSpeaker = (name: string): boolean => speakers.some(({ ShortName }) => ShortName === name);
