/**
 * Every error that the flow knows by name. Step Functions matches `Error` against `name`, so names are
 * written out: a minifier renames classes, never strings.
 */
export class PipelineError extends Error {
  override readonly name: string = 'PipelineError';
}

/** The chapter itself can't be used: no zip, no pages, an image that is none. Trying again can't help. */
export class ChapterUnreadable extends PipelineError {
  override readonly name = 'ChapterUnreadable';
}

/** The source can't give the chapter now, and may later: it is down, busy, or its network is. Worth a retry. */
export class SourceUnavailable extends PipelineError {
  override readonly name = 'SourceUnavailable';
}

/** The pages could not be turned into a script. */
export class NarrationFailed extends PipelineError {
  override readonly name = 'NarrationFailed';
}

/** The chapter could not be read or told well enough to be published unseen; the message has the reasons. */
export class ChapterDoubtful extends PipelineError {
  override readonly name = 'ChapterDoubtful';
}

/** A segment of the script could not be spoken. */
export class SpeechFailed extends PipelineError {
  override readonly name = 'SpeechFailed';
}

/** The renderer could not make the video. The contract gives this name to the renderer's callback. */
export class RenderError extends PipelineError {
  override readonly name = 'RenderError';
}

/** A person looked at the video and does not want it published; the message is their reason. */
export class ReviewRejected extends PipelineError {
  override readonly name = 'ReviewRejected';
}

/** The uploader could not publish the video. The contract gives this name to the uploader's callback. */
export class UploadError extends PipelineError {
  override readonly name = 'UploadError';
}

/** YouTube takes no more uploads today; the day ends without a retry. */
export class YouTubeQuotaError extends PipelineError {
  override readonly name = 'YouTubeQuotaError';
}

/** EC2 takes the machine back, or it is gone; a fresh one continues from the checkpoints. */
export class SpotInterrupted extends PipelineError {
  override readonly name = 'SpotInterrupted';
}

/** No zone and no type had a Spot machine to give; worth a later try. */
export class SpotCapacityUnavailable extends PipelineError {
  override readonly name = 'SpotCapacityUnavailable';
}

/** Something the operator must set is missing or wrong; the message names it and who sets it. */
export class ConfigurationError extends PipelineError {
  override readonly name = 'ConfigurationError';
}

/** An artifact that an earlier step should have written is missing or not what its schema says. */
export class ArtifactInvalid extends PipelineError {
  override readonly name = 'ArtifactInvalid';
}
