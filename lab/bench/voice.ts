/**
 * Measures how much faster than real time the edge voice speaks: seconds of sound per second of waiting, with the fake
 * of the service, a latency of 150 ms for every handshake and every turn, and 4 concurrent utterances.
 *
 *   node lab/bench/voice.ts [utterances]      default: 60
 */

import { FakeEdge } from '../../fakes/voices/edge.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { createVoice } from '../../providers/voices/index.ts';

const latencyMs = 150;
const concurrency = 4;
const target = 8;

const sentences = [
  'Hôm nay, cô phù thủy chuẩn bị một lọ thuốc bay mới.',
  'Ngày 5/4/2026, lúc 7h30, 1.500 người đã có mặt ở quảng trường.',
  'Đi thôi!',
  'Anh ấy chạy 100 km/h qua thành phố, không ngoảnh lại, không dừng lại, và không nói một lời nào với ai.',
];

const ffmpeg = await findFfmpeg(undefined);
const fake = await FakeEdge.start({ ffmpeg, latencyMs, maxParallel: concurrency });
const voice = await createVoice('edge', {
  ffmpeg: async () => ffmpeg,
  edge: { endpoint: fake.endpoint, concurrency },
});
await voice.speak('Làm nóng.');

const texts = Array.from(
  { length: Number(process.argv[2] ?? 60) },
  (_, n) => sentences[n % sentences.length] ?? '',
);
const started = performance.now();
const utterances = await Promise.all(texts.map((text) => voice.speak(text)));
const seconds = (performance.now() - started) / 1000;
const sound = utterances.reduce((sum, { duration }) => sum + duration, 0);
await voice.close();
await fake.stop();

const factor = sound / seconds;
console.log(
  `edge voice: ${texts.length} utterances, ${sound.toFixed(1)} s of sound in ${seconds.toFixed(1)} s = ${factor.toFixed(1)} × real time (≥ ${target} ×), ${concurrency} concurrent, ${latencyMs} ms latency`,
);
if (factor < target) process.exitCode = 1;
