/** The finished video with its captions, from the bucket or, after cleanup, from where it was published. */
import { sizeText } from '../format.ts';
import { type ArtifactProps, artifactUrl, publishedUrl } from './artifact.ts';

export function VideoView({ job, artifacts, published, playback }: ArtifactProps) {
  const find = (path: string) => {
    const stored = artifacts.find((artifact) => artifact.path === path);
    if (stored) return { url: artifactUrl(job, stored), size: stored.size };
    const kept = published.find((artifact) => artifact.path === path);
    return kept && { url: publishedUrl(job, kept), size: kept.size };
  };
  const video = find('video.mp4');
  const upright = find('video-9x16.mp4');
  const short = find('short.mp4');
  const thumbnails = ['thumbnail.jpg', 'thumbnail-2.jpg', 'thumbnail-3.jpg'].flatMap((name) => {
    const found = find(name);
    return found ? [{ name, ...found }] : [];
  });
  const [thumbnail] = thumbnails;
  const captions = find('captions.vi.srt');
  const track = captions && { src: `/api/jobs/${job.job_id}/captions.vtt?${captions.url.split('?')[1]}` };
  return (
    <div class="video">
      {video ? (
        <video
          ref={playback.attach}
          controls
          preload="metadata"
          src={video.url}
          poster={thumbnail?.url}
          onTimeUpdate={playback.moved}
          onSeeked={playback.moved}
          onPlay={playback.moved}
          onPause={playback.moved}
        >
          <track kind="captions" label="Tiếng Việt" srcLang="vi" default {...track} />
        </video>
      ) : (
        thumbnail && <img src={thumbnail.url} alt="Thumbnail of the video" />
      )}
      {upright && (
        <video class="upright" controls preload="metadata" src={upright.url} aria-label="The upright video">
          <track kind="captions" label="Tiếng Việt" srcLang="vi" {...track} />
        </video>
      )}
      {short && (
        // biome-ignore lint/a11y/useMediaCaption: its subtitles are in the picture
        <video class="upright" controls preload="metadata" src={short.url} aria-label="The Short" />
      )}
      <p class="line">
        {video && (
          <a href={video.url} download={`${job.job_id}.mp4`}>
            video.mp4 ({sizeText(video.size)})
          </a>
        )}
        {short && (
          <a href={short.url} download={`${job.job_id}-short.mp4`}>
            short.mp4 ({sizeText(short.size)})
          </a>
        )}
        {captions && (
          <a href={captions.url} download>
            captions.vi.srt
          </a>
        )}
      </p>
      {thumbnails.length > 0 && (
        <p class="thumbnails">
          {thumbnails.map(({ name, url }) => (
            <a key={name} href={url} download>
              <img src={url} alt={name} loading="lazy" width="160" height="90" />
            </a>
          ))}
        </p>
      )}
    </div>
  );
}
